package dev.elbow.trainer;

import dev.elbow.messaging.Channel;
import dev.elbow.messaging.Heartbeat;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells regularly that a worker lives. Thread-safe. */
final class Heartbeats implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Heartbeats.class);

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread named = new Thread(task, "elbow-heartbeat");
            named.setDaemon(true);
            return named;
          });
  private final Channel<Heartbeat> channel;
  private final String worker;
  private final int slots;
  private final Heartbeat.Capabilities capabilities;
  private final RunningTrials running;
  private long sequence;

  Heartbeats(
      Channel<Heartbeat> channel,
      String worker,
      int slots,
      Heartbeat.Capabilities capabilities,
      RunningTrials running) {
    this.channel = channel;
    this.worker = worker;
    this.slots = slots;
    this.capabilities = capabilities;
    this.running = running;
  }

  void start(Duration every) {
    thread.scheduleAtFixedRate(this::beat, 0, every.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Tells it at once, because something has changed. */
  void now() {
    try {
      thread.execute(this::beat);
    } catch (RejectedExecutionException e) {
      LOG.debug("no heartbeat, the worker is closing");
    }
  }

  // An exception would end the schedule in silence, and the worker would count as dead.
  private void beat() {
    try {
      sequence++;
      channel.publish(
          new Heartbeat(
              worker, sequence, running.isLeaving(), slots, capabilities, running.shown()));
    } catch (RuntimeException e) {
      LOG.warn("a heartbeat could not be sent", e);
    }
  }

  /** Sends a last one. */
  @Override
  public void close() {
    now();
    thread.shutdown();
    try {
      thread.awaitTermination(3, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
