package dev.elbow.coordinator;

import dev.elbow.api.TrialId;
import dev.elbow.api.TrialOutcome;
import dev.elbow.messaging.Channel;
import dev.elbow.messaging.Event;
import dev.elbow.messaging.Event.Cleared;
import dev.elbow.messaging.Event.Command;
import dev.elbow.messaging.Event.Commanded;
import dev.elbow.messaging.Event.Committed;
import dev.elbow.messaging.Event.GivenUp;
import dev.elbow.messaging.Event.PrecisionChosen;
import dev.elbow.messaging.Event.Pruned;
import dev.elbow.messaging.Event.Queued;
import dev.elbow.messaging.Event.SweepSubmitted;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what one coordinator decides, under its epoch. A future completes when the decision is
 * durable, with its offset in the log; it counts when it is read back from there, if the epoch is
 * still the highest then.
 */
final class Decisions {
  /** In one event, so that it stays far below what Kafka takes as one record. */
  private static final int MOST_TRIALS = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(Decisions.class);

  private final Channel<Event> log;
  private final long epoch;
  private final Clock clock;
  private boolean over;

  Decisions(Channel<Event> log, long epoch, Clock clock) {
    this.log = log;
    this.epoch = epoch;
    this.clock = clock;
  }

  Future<Long> submit(String sweep, String document, String dataSha256, String by) {
    SweepSubmitted decision =
        new SweepSubmitted(epoch, sweep, document, dataSha256, Optional.of(by), now());
    return write(decision).onSuccess(done -> LOG.info("{}: submitted by {}", sweep, by));
  }

  Future<Long> choosePrecision(String sweep, String precision) {
    return write(new PrecisionChosen(epoch, sweep, precision, now()));
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
    return write(new Commanded(epoch, sweep, trial, command, by, now()))
        .onSuccess(
            done ->
                LOG.info(
                    "{}: {} asked by {}", trial.map(TrialId::toString).orElse(sweep), command, by));
  }

  /** Done with the last of them. */
  Future<Long> prune(String sweep, List<Integer> trials, String by) {
    Future<Long> written = Future.succeededFuture();
    for (int from = 0; from < trials.size(); from += MOST_TRIALS) {
      List<Integer> part = trials.subList(from, Math.min(trials.size(), from + MOST_TRIALS));
      written = write(new Pruned(epoch, sweep, part, by, now()));
    }
    return written.onSuccess(
        done -> LOG.info("{}: {} trials pruned by {}", sweep, trials.size(), by));
  }

  /**
   * @param trials whose files are gone as somebody asked; empty for a sweep that was deleted
   */
  Future<Long> clear(String sweep, List<Integer> trials) {
    return write(new Cleared(epoch, sweep, trials, now()));
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
