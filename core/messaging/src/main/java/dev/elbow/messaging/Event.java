package dev.elbow.messaging;

import dev.elbow.api.TrialId;
import dev.elbow.api.TrialOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A decision or a fact of the event log. The state of all sweeps is a fold over these, in log
 * order. Times are for people: nothing is decided by them.
 */
public sealed interface Event {
  /** When its writer wrote it, by the writer's clock. */
  Instant at();

  /**
   * A decision of a coordinator. The fold ignores it where {@code epoch} is below the highest that
   * it has read.
   */
  sealed interface Decision extends Event {
    long epoch();
  }

  /** A fact that a worker tells of one execution of a trial. */
  sealed interface Fact extends Event {
    TrialId trial();

    int attempt();

    String worker();
  }

  /**
   * A coordinator became the active one.
   *
   * @param address the URL at which it is asked; empty if nobody can ask it
   */
  record Leader(long epoch, String coordinator, Optional<String> address, Instant at)
      implements Decision {}

  /**
   * A sweep was accepted.
   *
   * @param sweep its name
   * @param document the sweep, canonical, from which the trials are expanded again after a restart
   * @param dataSha256 of the data when it was accepted
   * @param by who handed it in; empty in logs of earlier releases
   */
  record SweepSubmitted(
      long epoch, String sweep, String document, String dataSha256, Optional<String> by, Instant at)
      implements Decision {}

  /**
   * What {@code precision: auto} means in a sweep, for all of its trials whenever they run; decided
   * before the first of them is queued. The first such decision stands.
   *
   * @param precision {@code fp32} or {@code bf16}
   */
  record PrecisionChosen(long epoch, String sweep, String precision, Instant at)
      implements Decision {}

  /**
   * A trial is to be run.
   *
   * @param attempt from 1; one more for each time that an execution was lost
   * @param reason why it is queued again; empty for the first time
   */
  record Queued(long epoch, TrialId trial, int attempt, Optional<String> reason, Instant at)
      implements Decision {}

  /**
   * The files of an ended trial are in their place and {@code results.csv} holds it: only now it is
   * over.
   */
  record Committed(long epoch, TrialId trial, int attempt, Instant at) implements Decision {}

  /** A trial will not be run any more, for the reason given: the last attempt was lost, say. */
  record GivenUp(long epoch, TrialId trial, TrialOutcome.Failed failure, Instant at)
      implements Decision {}

  /** What a person asked for. */
  enum Command {
    PAUSE,
    RESUME,
    CANCEL,
    RETRY,
    DELETE
  }

  /**
   * Somebody asked for something.
   *
   * @param trial empty for the whole sweep
   * @param by who asked
   */
  record Commanded(
      long epoch, String sweep, Optional<TrialId> trial, Command command, String by, Instant at)
      implements Decision {}

  /**
   * Of these trials of a sweep, which have ended, only the description and the curve are kept.
   *
   * @param trials their numbers
   * @param by who asked
   */
  record Pruned(long epoch, String sweep, List<Integer> trials, String by, Instant at)
      implements Decision {
    public Pruned {
      trials = List.copyOf(trials);
    }
  }

  /**
   * Files that were to be removed are gone: those of a sweep that was deleted, or what {@link
   * Pruned} said of trials.
   *
   * @param trials their numbers; empty for a sweep that was deleted
   */
  record Cleared(long epoch, String sweep, List<Integer> trials, Instant at) implements Decision {
    public Cleared {
      trials = List.copyOf(trials);
    }
  }

  /**
   * A slot took a trial. The highest attempt owns it, among equals the latest in the log.
   *
   * @param execution unique for each time that a slot took a trial
   */
  record Started(TrialId trial, int attempt, String execution, String worker, int slot, Instant at)
      implements Fact {}

  /**
   * An execution ended.
   *
   * @param folder where its files lie, relative to the results folder
   * @param files SHA-256 of each file in it, by name
   */
  record Ended(
      TrialId trial,
      int attempt,
      String execution,
      String worker,
      TrialOutcome outcome,
      String folder,
      Map<String, String> files,
      Instant at)
      implements Fact {}

  /** A worker gives a trial back because it is shutting down; that uses up no attempt. */
  record HandedBack(TrialId trial, int attempt, String execution, String worker, Instant at)
      implements Fact {}

  /**
   * A worker cannot run this trial: plugin, data or precision is missing.
   *
   * @param attempt 0 where the worker cannot read which one it is: then the current attempt is
   *     meant
   */
  record Declined(TrialId trial, int attempt, String worker, String reason, Instant at)
      implements Fact {}
}
