package dev.elbow.coordinator;

import dev.elbow.api.FailureKind;
import dev.elbow.api.TrialId;
import dev.elbow.api.TrialOutcome;
import dev.elbow.coordinator.ledger.LoggedTrial;
import dev.elbow.coordinator.ledger.LoggedTrial.Owner;
import dev.elbow.coordinator.ledger.LoggedTrial.Step;
import dev.elbow.messaging.Channel;
import dev.elbow.messaging.Control;
import dev.elbow.messaging.Event.Started;
import dev.elbow.messaging.Heartbeat;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the executions of trials: which of them owns its trial, whether it is still heard of,
 * and whether the trial is tried again after it. For one thread; times are of {@link
 * System#nanoTime}.
 */
final class Ownership {
  private static final Logger LOG = LoggerFactory.getLogger(Ownership.class);

  private final Leases leases;
  private final Fleet fleet;
  private final Dispatch dispatch;
  private final Decisions decisions;
  private final Channel<Control> control;
  private final Duration lease;
  private final int attempts;
  private final Map<String, TrialId> losers = new HashMap<>();

  /**
   * @param lease how long an owner may be silent
   * @param attempts how often a trial is tried
   */
  Ownership(
      Leases leases,
      Fleet fleet,
      Dispatch dispatch,
      Decisions decisions,
      Channel<Control> control,
      Duration lease,
      int attempts) {
    this.leases = leases;
    this.fleet = fleet;
    this.dispatch = dispatch;
    this.decisions = decisions;
    this.control = control;
    this.lease = lease;
    this.attempts = attempts;
  }

  /** An execution began, before and after which the trial stands so. */
  void started(Started started, LoggedTrial before, LoggedTrial after) {
    if (after.ownedBy(started.execution())) {
      leases.heard(started.execution(), System.nanoTime());
      before
          .owner()
          .filter(other -> !other.over() && !other.execution().equals(started.execution()))
          .ifPresent(other -> lose(after.id(), other.execution()));
    } else if (!after.executions().contains(started.execution())) {
      lose(after.id(), started.execution());
    }
  }

  private void lose(TrialId trial, String execution) {
    losers.put(execution, trial);
    leases.forget(execution);
    say(new Control.Lost(trial, execution));
  }

  private void say(Control word) {
    control.publish(word).onFailure(e -> LOG.warn("{} was not sent", word, e));
  }

  /** An execution is over, whether or not its end counts. */
  void ended(String execution) {
    leases.forget(execution);
  }

  /** Queues a trial again whose end asks for that; tells whether it does. */
  boolean triedAgain(SweepRun run, LoggedTrial trial) {
    if (!trial.triedAgain(attempts)) {
      return false;
    }
    TrialOutcome.Failed failed = (TrialOutcome.Failed) trial.end().orElseThrow().outcome();
    String reason = "%s: %s".formatted(failed.kind(), failed.message());
    dispatch.again(run, trial, reason, System.nanoTime());
    return true;
  }

  /** A worker is at a trial of a sweep that was deleted. */
  void stray(TrialId trial, int attempt, String execution) {
    if (losers.putIfAbsent(execution, trial) == null) {
      say(new Control.Stop(trial, attempt, "its sweep was deleted"));
    }
  }

  /** Tells the workers to stop a trial. */
  void stop(LoggedTrial trial, String reason) {
    trial.owner().map(Owner::execution).ifPresent(leases::forget);
    say(new Control.Stop(trial.id(), trial.attempt(), reason));
  }

  /** A worker is at this execution of a trial. */
  void heard(LoggedTrial trial, Heartbeat.Execution at, long nanos) {
    String execution = at.execution();
    if (trial.step() == Step.CANCELLED && trial.ownedBy(execution)) {
      // Whoever read the command may have been gone before the worker was told.
      stop(trial, "cancelled");
    } else if (trial.ownedBy(execution)) {
      leases.heard(execution, nanos);
    } else if (losers.containsKey(execution) || replaced(trial, at)) {
      losers.put(execution, trial.id());
      say(new Control.Lost(trial.id(), execution));
    }
  }

  private static boolean replaced(LoggedTrial trial, Heartbeat.Execution at) {
    boolean old = at.attempt() < trial.attempt() || trial.executions().contains(at.execution());
    return old
        && trial.owner().filter(owner -> !owner.execution().equals(at.execution())).isPresent();
  }

  /** Everyone gets a fresh lease: what came before, another coordinator has heard. */
  void begin() {
    leases.forgetAll();
  }

  /** Forgets losers that no worker is at any more, and returns their trials. */
  List<TrialId> forgetLosers() {
    List<String> gone =
        losers.keySet().stream().filter(loser -> fleet.running(loser).isEmpty()).toList();
    return gone.stream().map(losers::remove).distinct().toList();
  }

  /** Looks after every trial of a sweep that was started and is not committed. */
  void look(SweepRun run, long nanos) {
    run.active().forEach(trial -> look(run, trial, nanos));
  }

  private void look(SweepRun run, LoggedTrial trial, long nanos) {
    if (trial.step() == Step.ENDED) {
      triedAgain(run, trial);
    } else if (!dispatch.underWay(trial.id())) {
      trial
          .owner()
          .filter(owner -> leases.expired(owner.execution(), nanos))
          .ifPresent(owner -> lost(run, trial, owner, nanos));
    }
  }

  private void lost(SweepRun run, LoggedTrial trial, Owner owner, long nanos) {
    String reason = "worker %s was silent for %d s".formatted(owner.worker(), lease.toSeconds());
    leases.forget(owner.execution());
    LOG.warn("{} attempt {}: {}", trial.id(), trial.attempt(), reason);
    if (trial.attemptsSpent() < attempts) {
      dispatch.again(run, trial, reason, nanos);
      return;
    }
    String message = "%s, in attempt %d of %d".formatted(reason, trial.attemptsSpent(), attempts);
    decisions
        .giveUp(trial.id(), new TrialOutcome.Failed(FailureKind.WORKER_LOST, message, 0))
        .onFailure(e -> LOG.warn("{} could not be given up, trying again", trial.id(), e));
  }
}
