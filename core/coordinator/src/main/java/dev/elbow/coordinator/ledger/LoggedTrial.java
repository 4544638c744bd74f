package dev.elbow.coordinator.ledger;

import dev.elbow.api.FailureKind;
import dev.elbow.api.TrialId;
import dev.elbow.api.TrialOutcome;
import dev.elbow.messaging.Event.Command;
import dev.elbow.messaging.Event.Committed;
import dev.elbow.messaging.Event.Declined;
import dev.elbow.messaging.Event.Ended;
import dev.elbow.messaging.Event.GivenUp;
import dev.elbow.messaging.Event.HandedBack;
import dev.elbow.messaging.Event.Queued;
import dev.elbow.messaging.Event.Started;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the log says of one trial. Immutable: each event gives the next one, or the same where it
 * changes nothing.
 *
 * @param id its name
 * @param step where it stands
 * @param attempt the highest that was queued or started; 0 before the first, or where a sweep of
 *     this name was deleted the highest of that
 * @param forgiven how many attempts do not count: given back by a worker, before a retry that
 *     somebody asked for, or of a sweep that was deleted
 * @param owner the execution that started last with the highest attempt
 * @param executions every execution that was owner once, so that the same event twice is known
 * @param declined why workers cannot run it, by worker
 * @param end how it ended, from {@link Step#ENDED} on
 */
public record LoggedTrial(
    TrialId id,
    Step step,
    int attempt,
    int forgiven,
    Optional<Owner> owner,
    Set<String> executions,
    Map<String, String> declined,
    Optional<End> end) {
  public LoggedTrial {
    executions = Set.copyOf(executions);
    declined = Map.copyOf(declined);
  }

  /** Where a trial stands between its first and its last event. */
  public enum Step {
    /** To be queued: for the first time, or again because a worker gave it back. */
    WAITING,
    /** Decided and sent to the workers; none has started this attempt. */
    QUEUED,
    /** Its owner runs. */
    RUNNING,
    /** Its end is known; its files are not in their place. */
    ENDED,
    /** Over, with its files in their place. */
    COMMITTED,
    /** Over, without an end. */
    CANCELLED
  }

  /**
   * The execution that a trial belongs to.
   *
   * @param over whether it has ended or given the trial back: nothing more that it says counts
   */
  public record Owner(int attempt, String execution, String worker, int slot, boolean over) {
    static Owner of(Started event) {
      // Few workers train many trials: one text for all trials of each.
      String worker = event.worker().intern();
      return new Owner(event.attempt(), event.execution(), worker, event.slot(), false);
    }

    Owner afterItsEnd() {
      return new Owner(attempt, execution, worker, slot, true);
    }
  }

  /**
   * How a trial ended.
   *
   * @param left what its execution left behind; empty if that is nothing
   */
  public record End(TrialOutcome outcome, Optional<Left> left) {
    static End of(Ended event) {
      Left left = new Left(event.folder(), event.files());
      return new End(event.outcome(), Optional.of(left).filter(some -> !some.files().isEmpty()));
    }

    // A log has a hundred thousand of these, and the coordinator all of them in memory.
    End afterItsCommit() {
      return new End(outcome, left.map(placed -> Left.IN_PLACE));
    }

    /** Whether another attempt may do better. */
    public boolean retried() {
      return outcome instanceof TrialOutcome.Failed failed && failed.kind().retried();
    }
  }

  /**
   * The files of a trial that has ended, until they are in their place; from then on only that
   * there are some.
   *
   * @param folder where they lie, relative to the results folder
   * @param files SHA-256 of each, by name
   */
  public record Left(String folder, Map<String, String> files) {
    private static final Left IN_PLACE = new Left("", Map.of());

    public Left {
      files = Map.copyOf(files);
    }
  }

  /**
   * A trial of which the log says nothing yet.
   *
   * @param base attempts that an earlier sweep of this name has used up, and that do not count
   */
  static LoggedTrial unheardOf(TrialId id, int base) {
    return new LoggedTrial(
        id, Step.WAITING, base, base, Optional.empty(), Set.of(), Map.of(), Optional.empty());
  }

  /** Where it stands, as people see it. */
  public TrialState state() {
    return switch (step) {
      case WAITING, QUEUED -> TrialState.QUEUED;
      case RUNNING, ENDED -> TrialState.RUNNING;
      case CANCELLED -> TrialState.CANCELLED;
      case COMMITTED -> endState();
    };
  }

  /** The state that its end gives it once that is committed; only where there is an end. */
  public TrialState endState() {
    TrialOutcome outcome = end.orElseThrow().outcome();
    if (outcome instanceof TrialOutcome.Completed) {
      return TrialState.COMPLETED;
    }
    return outcome instanceof TrialOutcome.Stopped ? TrialState.STOPPED : TrialState.FAILED;
  }

  /** Whether its files are in their place. */
  public boolean hasFiles() {
    return step == Step.COMMITTED && end.flatMap(End::left).isPresent();
  }

  /** How many attempts count against the limit. */
  public int attemptsSpent() {
    return attempt - forgiven;
  }

  /** Whether its end asks for another attempt and {@code limit} allows one. */
  public boolean triedAgain(int limit) {
    return end.filter(End::retried).isPresent() && attemptsSpent() < limit;
  }

  /** Whether {@code execution} is the one whose end counts. */
  public boolean ownedBy(String execution) {
    return owner.filter(known -> !known.over() && known.execution().equals(execution)).isPresent();
  }

  LoggedTrial after(Queued event) {
    boolean again =
        switch (step) {
          case WAITING, QUEUED, RUNNING -> true;
          case ENDED -> end.orElseThrow().retried();
          case COMMITTED, CANCELLED -> false;
        };
    return again && event.attempt() > attempt
        ? new LoggedTrial(
            id,
            Step.QUEUED,
            event.attempt(),
            forgiven,
            owner,
            executions,
            declined,
            Optional.empty())
        : this;
  }

  LoggedTrial after(Started event) {
    boolean late = owner.filter(known -> late(event, known)).isPresent();
    if (settled() || late || executions.contains(event.execution())) {
      return this;
    }
    Set<String> all = new HashSet<>(executions);
    all.add(event.execution());
    return new LoggedTrial(
        id,
        event.attempt() >= attempt ? Step.RUNNING : step,
        Math.max(attempt, event.attempt()),
        forgiven,
        Optional.of(Owner.of(event)),
        all,
        refusalsWithout(event.worker()),
        Optional.empty());
  }

  // What others lack they lack for ever: they would take the trial again after this one.
  private Map<String, String> refusalsWithout(String worker) {
    Map<String, String> others = new HashMap<>(declined);
    others.remove(worker);
    return others;
  }

  // Once an owner is over, only what was queued after it can start.
  private boolean late(Started event, Owner known) {
    return known.over()
        ? event.attempt() <= known.attempt() || event.attempt() < attempt
        : event.attempt() < known.attempt();
  }

  LoggedTrial after(Ended event) {
    return settled() || !ownedBy(event.execution()) ? this : ended(End.of(event));
  }

  LoggedTrial after(HandedBack event) {
    if (settled() || !ownedBy(event.execution())) {
      return this;
    }
    return step == Step.RUNNING
        ? waiting(declined)
        : new LoggedTrial(
            id, step, attempt, forgiven, ownerOver(), executions, declined, Optional.empty());
  }

  LoggedTrial after(Declined event) {
    // A worker that cannot read a queued trial knows its name alone, and says attempt 0.
    boolean current = event.attempt() == attempt || event.attempt() == 0;
    boolean refused = step == Step.QUEUED && current || startedBy(event);
    if (!refused) {
      return this;
    }
    Map<String, String> all = new HashMap<>(declined);
    all.put(event.worker(), event.reason());
    return waiting(all);
  }

  // Whether its data are the right ones a worker finds out under its lease, because it may take
  // longer than the queue waits.
  private boolean startedBy(Declined event) {
    return step == Step.RUNNING
        && owner
            .filter(known -> !known.over() && known.worker().equals(event.worker()))
            .filter(known -> known.attempt() == event.attempt())
            .isPresent();
  }

  /** To be queued again, with an attempt that does not count. */
  private LoggedTrial waiting(Map<String, String> refusals) {
    return new LoggedTrial(
        id,
        Step.WAITING,
        attempt,
        forgiven + 1,
        ownerOver(),
        executions,
        refusals,
        Optional.empty());
  }

  // That a worker was lost is a guess, which an end refutes; anything else is said of the end.
  LoggedTrial after(GivenUp event) {
    boolean guess = event.failure().kind() == FailureKind.WORKER_LOST;
    boolean allowed = step == Step.ENDED ? !guess : !settled();
    return allowed ? ended(new End(event.failure(), Optional.empty())) : this;
  }

  LoggedTrial after(Committed event) {
    return step == Step.ENDED && event.attempt() == attempt
        ? at(Step.COMMITTED, end.map(End::afterItsCommit))
        : this;
  }

  LoggedTrial after(Command command) {
    if (command == Command.CANCEL && !settled()) {
      return at(Step.CANCELLED, end);
    }
    if (command == Command.RETRY && retriable()) {
      return new LoggedTrial(
          id, Step.WAITING, attempt, attempt, ownerOver(), executions, Map.of(), Optional.empty());
    }
    return this;
  }

  private boolean retriable() {
    return step == Step.CANCELLED || step == Step.COMMITTED && state() == TrialState.FAILED;
  }

  private Optional<Owner> ownerOver() {
    return owner.map(Owner::afterItsEnd);
  }

  private boolean settled() {
    return step.compareTo(Step.ENDED) >= 0;
  }

  private LoggedTrial at(Step next, Optional<End> known) {
    return new LoggedTrial(id, next, attempt, forgiven, owner, executions, declined, known);
  }

  private LoggedTrial ended(End how) {
    return new LoggedTrial(
        id, Step.ENDED, attempt, forgiven, ownerOver(), executions, declined, Optional.of(how));
  }
}
