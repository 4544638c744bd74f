package dev.elbow.coordinator;

import dev.elbow.coordinator.results.Results;
import dev.elbow.coordinator.sweep.Sweep;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;

/**
 * Takes sweeps, hands their trials to workers and keeps what comes back.
 *
 * <p><b>Thread safety.</b> Every method may be called from any thread. All state lives on one event
 * loop; files are read and written on worker threads.
 */
public final class Coordinator {
  /**
   * Reads the event log to its end, becomes the active coordinator and sends again what was queued
   * and not started.
   *
   * @return fails if Kafka cannot be reached or the log cannot be read
   */
  public static Future<Coordinator> start(Vertx vertx, CoordinatorSettings settings) {
    throw new UnsupportedOperationException("in the making");
  }

  /**
   * Adds a sweep. Done when it is in the log; the same sweep again goes on where it was.
   *
   * @return fails only if Kafka or the results folder cannot be written
   */
  public Future<Submission> submit(Sweep sweep) {
    throw new UnsupportedOperationException("in the making");
  }

  /** The names of all sweeps, in the order of submission. */
  public List<String> sweeps() {
    throw new UnsupportedOperationException("in the making");
  }

  /** The latest snapshot of a sweep; empty if there is none of this name. */
  public Optional<SweepView> view(String sweep) {
    throw new UnsupportedOperationException("in the making");
  }

  /** Every trial that was queued at least once, by number. */
  public Future<List<TrialView>> trials(String sweep) {
    throw new UnsupportedOperationException("in the making");
  }

  /** The table of the trials that have ended. */
  public Future<Results> results(String sweep) {
    throw new UnsupportedOperationException("in the making");
  }

  /** Done when every trial of the sweep has ended and its files are in their place. */
  public Future<SweepView> finished(String sweep) {
    throw new UnsupportedOperationException("in the making");
  }

  /** Queues no further trials of the sweep; running ones go on. */
  public Future<Void> pause(String sweep) {
    throw new UnsupportedOperationException("in the making");
  }

  /** Ends a pause. */
  public Future<Void> resume(String sweep) {
    throw new UnsupportedOperationException("in the making");
  }

  /** Gives up every trial of the sweep that has not ended; running ones are stopped. */
  public Future<Void> cancel(String sweep) {
    throw new UnsupportedOperationException("in the making");
  }

  /** Queues the sweep's failed and cancelled trials again. */
  public Future<Void> retry(String sweep) {
    throw new UnsupportedOperationException("in the making");
  }

  /** Tells {@code observer} of everything from now on, until the result is closed. */
  public AutoCloseable observe(Observer observer) {
    throw new UnsupportedOperationException("in the making");
  }

  /** Ends within a few seconds. Trials go on in the workers; the next coordinator takes over. */
  public Future<Void> close() {
    throw new UnsupportedOperationException("in the making");
  }
}
