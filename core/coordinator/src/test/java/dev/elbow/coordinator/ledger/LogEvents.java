package dev.elbow.coordinator.ledger;

import dev.elbow.api.Evaluation;
import dev.elbow.api.FailureKind;
import dev.elbow.api.Losses;
import dev.elbow.api.TrialId;
import dev.elbow.api.TrialOutcome;
import dev.elbow.messaging.Event;
import dev.elbow.messaging.Event.Cleared;
import dev.elbow.messaging.Event.Command;
import dev.elbow.messaging.Event.Commanded;
import dev.elbow.messaging.Event.Committed;
import dev.elbow.messaging.Event.Declined;
import dev.elbow.messaging.Event.Ended;
import dev.elbow.messaging.Event.GivenUp;
import dev.elbow.messaging.Event.HandedBack;
import dev.elbow.messaging.Event.Leader;
import dev.elbow.messaging.Event.PrecisionChosen;
import dev.elbow.messaging.Event.Pruned;
import dev.elbow.messaging.Event.Queued;
import dev.elbow.messaging.Event.Started;
import dev.elbow.messaging.Event.SweepSubmitted;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Events for tests, all of trial s/0001 and epoch 1 unless told otherwise. */
final class LogEvents {
  static final TrialId TRIAL = new TrialId("s", 1);
  static final Instant AT = Instant.EPOCH;

  private LogEvents() {}

  static Event leader(long epoch) {
    return new Leader(epoch, "c" + epoch, Optional.empty(), AT);
  }

  static Event submitted(String sweep) {
    return new SweepSubmitted(1, sweep, "{}", "ab", Optional.of("c"), AT);
  }

  static Event precisionChosen(String precision) {
    return new PrecisionChosen(1, "s", precision, AT);
  }

  static Event queued(int attempt) {
    return queued(1, attempt);
  }

  static Event queued(long epoch, int attempt) {
    return new Queued(epoch, TRIAL, attempt, Optional.empty(), AT);
  }

  static Event started(int attempt, String execution) {
    return new Started(TRIAL, attempt, execution, "w-" + execution, 0, AT);
  }

  static Event ended(int attempt, String execution) {
    return ended(attempt, execution, completed());
  }

  static Event ended(int attempt, String execution, TrialOutcome outcome) {
    return new Ended(
        TRIAL, attempt, execution, "w-" + execution, outcome, "folder", Map.of("a", "b"), AT);
  }

  static Event handedBack(int attempt, String execution) {
    return new HandedBack(TRIAL, attempt, execution, "w-" + execution, AT);
  }

  static Event declined(int attempt, String worker) {
    return new Declined(TRIAL, attempt, worker, "no data", AT);
  }

  static Event committed(int attempt) {
    return new Committed(1, TRIAL, attempt, AT);
  }

  static Event givenUp(FailureKind kind) {
    return new GivenUp(1, TRIAL, new TrialOutcome.Failed(kind, "gone", 0), AT);
  }

  static Event commanded(Command command) {
    return new Commanded(1, "s", Optional.empty(), command, "me", AT);
  }

  static Event commandedTrial(Command command) {
    return new Commanded(1, "s", Optional.of(TRIAL), command, "me", AT);
  }

  static Event pruned(Integer... trials) {
    return new Pruned(1, "s", List.of(trials), "me", AT);
  }

  /**
   * @param trials none for the whole sweep
   */
  static Event cleared(Integer... trials) {
    return new Cleared(1, "s", List.of(trials), AT);
  }

  static TrialOutcome completed() {
    Losses losses = new Losses(80, 20);
    Evaluation last =
        new Evaluation(
            4, 400, 99, losses, Optional.empty(), losses, List.of(1.0), List.of(0.5), 1, 2000);
    return new TrialOutcome.Completed(last, 1e-6, 12, 2000);
  }

  static TrialOutcome failed(FailureKind kind) {
    return new TrialOutcome.Failed(kind, "because", 3);
  }

  /** A ledger that has read a leader, the sweep s, and {@code events}. */
  static Ledger ledger(Event... events) {
    Ledger ledger = new Ledger();
    ledger.apply(leader(1));
    ledger.apply(submitted("s"));
    List.of(events).forEach(ledger::apply);
    return ledger;
  }

  static LoggedTrial trial(Event... events) {
    return ledger(events).trial(TRIAL).orElseThrow();
  }
}
