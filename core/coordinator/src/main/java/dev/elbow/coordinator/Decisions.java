package dev.elbow.coordinator;

import dev.elbow.api.TrialId;
import dev.elbow.api.TrialOutcome;
import dev.elbow.messaging.Channel;
import dev.elbow.messaging.Event;
import dev.elbow.messaging.Event.Command;
import dev.elbow.messaging.Event.Commanded;
import dev.elbow.messaging.Event.Committed;
import dev.elbow.messaging.Event.GivenUp;
import dev.elbow.messaging.Event.Queued;
import dev.elbow.messaging.Event.SweepSubmitted;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Writes what one coordinator decides, under its epoch. A future completes when the decision is
 * durable, with its offset in the log; it counts when it is read back from there, if the epoch is
 * still the highest then.
 */
final class Decisions {
  private final Channel<Event> log;
  private final long epoch;
  private final Clock clock;
  private boolean over;

  Decisions(Channel<Event> log, long epoch, Clock clock) {
    this.log = log;
    this.epoch = epoch;
    this.clock = clock;
  }

  Future<Long> submit(String sweep, String document, String dataSha256) {
    return write(new SweepSubmitted(epoch, sweep, document, dataSha256, now()));
  }

  Future<Long> queue(TrialId trial, int attempt, Optional<String> reason) {
    return write(new Queued(epoch, trial, attempt, reason, now()));
  }

  Future<Long> commit(TrialId trial, int attempt) {
    return write(new Committed(epoch, trial, attempt, now()));
  }

  Future<Long> giveUp(TrialId trial, TrialOutcome.Failed failure) {
    return write(new GivenUp(epoch, trial, failure, now()));
  }

  Future<Long> command(String sweep, Optional<TrialId> trial, Command command, String by) {
    return write(new Commanded(epoch, sweep, trial, command, by, now()));
  }

  /** From now on every decision fails. */
  void end() {
    over = true;
  }

  private Future<Long> write(Event event) {
    return over ? Future.failedFuture(new NotActiveException("", "")) : log.publish(event);
  }

  private Instant now() {
    return clock.instant();
  }
}
