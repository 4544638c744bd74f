package dev.elbow.trainer;

import dev.elbow.api.TrialId;
import dev.elbow.messaging.Event;
import dev.elbow.messaging.Heartbeat;
import dev.elbow.messaging.QueuedTrial;
import dev.elbow.trainer.training.Progress;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A trial in a slot, from the moment that it is taken: who it is, what it is at, whether it is to
 * end. Thread-safe: the slot writes, heartbeats read, orders interrupt.
 */
final class RunningTrial {
  private final int slot;
  private final QueuedTrial queued;
  private final String execution = UUID.randomUUID().toString();
  private final AtomicReference<Interruption> interruption = new AtomicReference<>();
  private volatile Heartbeat.Phase phase = Heartbeat.Phase.LOADING;
  private volatile Optional<Progress> progress = Optional.empty();

  RunningTrial(int slot, QueuedTrial queued) {
    this.slot = slot;
    this.queued = queued;
  }

  QueuedTrial queued() {
    return queued;
  }

  TrialId id() {
    return queued.trial().id();
  }

  int attempt() {
    return queued.attempt();
  }

  int slot() {
    return slot;
  }

  /** Unique for each time that a slot took a trial. */
  String execution() {
    return execution;
  }

  void enters(Heartbeat.Phase next) {
    phase = next;
  }

  void reaches(Progress reached) {
    progress = Optional.of(reached);
  }

  /** Asks it to end; the first reason counts. */
  void interrupt(Interruption reason) {
    interruption.compareAndSet(null, reason);
  }

  /** Why it is to end; empty while it is not. */
  Optional<Interruption> interruption() {
    return Optional.ofNullable(interruption.get());
  }

  boolean isInterrupted() {
    return interruption.get() != null;
  }

  /** That {@code worker} gives it back. */
  Event.HandedBack handedBack(String worker) {
    return new Event.HandedBack(id(), attempt(), execution, worker, Instant.now());
  }

  /** What it is at. */
  Heartbeat.Execution shown() {
    Optional<Progress> now = progress;
    return new Heartbeat.Execution(
        slot,
        id(),
        attempt(),
        execution,
        phase,
        now.map(Progress::epoch).orElse(0),
        now.map(Progress::step).orElse(0L),
        now.map(Progress::steps).orElse(0L),
        now.map(p -> OptionalDouble.of(p.objective())).orElse(OptionalDouble.empty()),
        now.map(Progress::imagesPerSecond).orElse(0.0));
  }
}
