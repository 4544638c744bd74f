package dev.elbow.coordinator;

import dev.elbow.api.TrialId;
import dev.elbow.coordinator.ledger.Ledger;
import dev.elbow.coordinator.ledger.LoggedSweep;
import dev.elbow.coordinator.ledger.LoggedTrial;
import dev.elbow.coordinator.ledger.LoggedTrial.Step;
import dev.elbow.messaging.Event;
import dev.elbow.messaging.Event.Command;
import dev.elbow.messaging.Event.Commanded;
import dev.elbow.messaging.Event.Committed;
import dev.elbow.messaging.Event.Decision;
import dev.elbow.messaging.Event.Declined;
import dev.elbow.messaging.Event.Ended;
import dev.elbow.messaging.Event.Fact;
import dev.elbow.messaging.Event.GivenUp;
import dev.elbow.messaging.Event.HandedBack;
import dev.elbow.messaging.Event.Queued;
import dev.elbow.messaging.Event.Started;
import dev.elbow.messaging.Heartbeat;
import dev.elbow.messaging.Messaging;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a coordinator does while it is the active one: begun when its leadership was read back from
 * the log, dropped when it ends. Everything that follows from events, heartbeats and time is
 * decided here. For one thread.
 */
final class Term {
  private static final Logger LOG = LoggerFactory.getLogger(Term.class);

  /**
   * Leases that a queued trial may wait while slots are free, before it is sent again: a worker's
   * first trial takes seconds to come, and sending twice means running twice.
   */
  private static final int PATIENCE = 8;

  private final Ledger ledger;
  private final Fleet fleet;
  private final Sweeps sweeps;
  private final Decisions decisions;
  private final Commits commits;
  private final Cleaning cleaning;
  private final Dispatch dispatch;
  private final Ownership ownership;
  private final CoordinatorMetrics metrics;

  Term(
      Vertx vertx,
      CoordinatorSettings settings,
      Messaging messaging,
      Ledger ledger,
      Sweeps sweeps,
      Fleet fleet,
      Leases leases,
      CoordinatorMetrics metrics) {
    this.metrics = metrics;
    this.ledger = ledger;
    this.fleet = fleet;
    this.sweeps = sweeps;
    this.decisions = new Decisions(messaging.events(), ledger.epoch(), settings.clock());
    SweepFolders folders = new SweepFolders(settings.results());
    this.commits = new Commits(vertx, folders, decisions, settings.attempts());
    this.cleaning = new Cleaning(vertx, folders, decisions, ledger, sweeps, fleet);
    this.dispatch =
        new Dispatch(fleet, decisions, messaging.trials(), settings.lease().multipliedBy(PATIENCE));
    this.ownership =
        new Ownership(
            leases,
            fleet,
            dispatch,
            decisions,
            messaging.control(),
            settings.lease(),
            settings.attempts());
  }

  Decisions decisions() {
    return decisions;
  }

  Cleaning cleaning() {
    return cleaning;
  }

  /** Takes over what the log holds. */
  void begin() {
    long now = System.nanoTime();
    metrics.begin();
    sweeps.all().forEach(SweepRun::begin);
    inherit(now);
    ownership.begin();
    sweeps.served().forEach(commits::writeTable);
    cleaning.begin(now);
    look(now);
  }

  private void inherit(long nanos) {
    List<LoggedTrial> queued =
        sweeps.all().stream()
            .flatMap(run -> run.logged().trials().stream())
            .filter(trial -> trial.step() == Step.QUEUED)
            .toList();
    dispatch.inherit(queued, sweeps, nanos);
    queued.forEach(trial -> metrics.inherit(trial.id(), nanos));
  }

  /** Decides nothing more. What is under way carries an epoch that nobody heeds. */
  void end() {
    decisions.end();
    dispatch.end();
    commits.stop();
    metrics.end();
    cleaning.end();
  }

  /**
   * A predecessor that was paused has just decided something that does not count. It may have
   * written its table before, over the newer one.
   */
  void overruled(Decision late) {
    if (late instanceof Committed commit) {
      sweeps.run(commit.trial().sweep()).ifPresent(commits::writeTable);
    }
  }

  /** Kafka was away, or this process was: no time has passed for what waits in the queue. */
  void resume(long nanos) {
    dispatch.resume(nanos);
  }

  /** An event of a trial was read, before and after which it stands so. */
  void follow(Event event, SweepRun run, LoggedTrial before, LoggedTrial after, boolean changed) {
    dispatch.seen(event, after, System.nanoTime());
    if (changed) {
      metrics.changed(event, before, after, System.nanoTime());
    }
    if (event instanceof Started started) {
      ownership.started(started, before, after);
    } else if (changed && event instanceof Queued) {
      dispatch.send(run, after);
    } else if (event instanceof Ended ended) {
      ended(run, ended, after, changed);
    } else if (event instanceof HandedBack back) {
      ownership.ended(back.execution());
    } else if (changed && event instanceof Declined declined) {
      LOG.info("{} declined by {}: {}", after.id(), declined.worker(), declined.reason());
      dispatch.rest(after.id());
    } else if (changed && event instanceof GivenUp) {
      commits.done(run, after.id().number());
      commits.run(run);
    } else if (changed && event instanceof Committed) {
      commits.done(run, after.id().number());
    }
  }

  private void ended(SweepRun run, Ended ended, LoggedTrial trial, boolean changed) {
    ownership.ended(ended.execution());
    if (!changed && trial.step().compareTo(Step.ENDED) > 0) {
      cleaning.clear(run, trial.id(), Optional.of(ended.execution()));
    } else if (changed && !ownership.triedAgain(run, trial)) {
      commits.run(run);
    }
  }

  /**
   * Somebody's command about a sweep or one of its trials was read, and has changed something.
   *
   * @param cancelled how many trials it has given up
   */
  void follow(Commanded commanded, SweepRun run, int cancelled) {
    metrics.cancelled(cancelled);
    if (commanded.command() == Command.CANCEL) {
      cancelled(run, commanded)
          .forEach(trial -> ownership.stop(trial, "cancelled by " + commanded.by()));
    }
    for (LoggedTrial trial : run.logged().trials()) {
      dispatch.seen(commanded, trial, System.nanoTime());
      metrics.seen(commanded, trial, System.nanoTime());
      commits.done(run, trial.id().number());
    }
    commits.writeTable(run);
  }

  /**
   * That a sweep is deleted was read.
   *
   * @param gone how it stood
   * @param run empty if it could not go on here
   */
  void deleted(LoggedSweep gone, Optional<SweepRun> run, String by) {
    dispatch.forget(gone.name());
    metrics.forget(gone.name());
    gone.trials().stream()
        .filter(trial -> trial.step().compareTo(Step.ENDED) < 0)
        .forEach(trial -> ownership.stop(trial, "its sweep was deleted by " + by));
    cleaning.delete(gone.name(), run.map(commits::forget).orElseGet(Future::succeededFuture));
  }

  /** A worker tells of a trial whose sweep is deleted. */
  void strayed(Fact fact) {
    if (fact instanceof Started started) {
      ownership.stray(started.trial(), started.attempt(), started.execution());
    } else {
      cleaning.heardOfDeleted(fact.trial().sweep());
    }
  }

  /** That trials are pruned was read. */
  void pruned(SweepRun run) {
    cleaning.prune(run);
  }

  private static Stream<LoggedTrial> cancelled(SweepRun run, Commanded commanded) {
    return run.logged().trials().stream()
        .filter(trial -> trial.step() == Step.CANCELLED && trial.attempt() > 0)
        .filter(trial -> commanded.trial().map(trial.id()::equals).orElse(true));
  }

  /** A worker tells what it is at. */
  void heard(Heartbeat heartbeat, long nanos) {
    for (Heartbeat.Execution execution : heartbeat.executions()) {
      ledger
          .trial(execution.trial())
          .ifPresentOrElse(
              trial -> ownership.heard(trial, execution, nanos),
              () -> ownership.stray(execution.trial(), execution.attempt(), execution.execution()));
    }
    fill(nanos);
  }

  /** What has to be done once a heartbeat. */
  void tick(long nanos) {
    ownership.forgetLosers().forEach(this::clear);
    dispatch.tick(sweeps, nanos);
    metrics.tick(fleet.takers(), nanos);
    cleaning.tick(nanos);
    look(nanos);
    fill(nanos);
  }

  // A loser may have saved a checkpoint before it was told, and tells of no end that clears it.
  private void clear(TrialId id) {
    sweeps
        .run(id.sweep())
        .ifPresentOrElse(
            run -> cleaning.clear(run, id, Optional.empty()),
            () -> cleaning.heardOfDeleted(id.sweep()));
  }

  private void look(long nanos) {
    for (SweepRun run : sweeps.all()) {
      ownership.look(run, nanos);
      commits.run(run);
    }
  }

  /** An event was read, and everything was done that it asks for by itself. */
  void read(long nanos) {
    metrics.read();
    fill(nanos);
  }

  /** Queues trials until there are enough. */
  private void fill(long nanos) {
    dispatch.fill(sweeps.served(), nanos);
  }
}
