package dev.elbow.coordinator;

import dev.elbow.api.FailureKind;
import dev.elbow.api.TrialId;
import dev.elbow.api.TrialOutcome;
import dev.elbow.coordinator.ledger.Ledger;
import dev.elbow.coordinator.ledger.LoggedSweep;
import dev.elbow.coordinator.ledger.LoggedTrial;
import dev.elbow.coordinator.ledger.LoggedTrial.Owner;
import dev.elbow.coordinator.ledger.LoggedTrial.Step;
import dev.elbow.coordinator.sweep.Sweep;
import dev.elbow.coordinator.sweep.SweepReader;
import dev.elbow.messaging.Control;
import dev.elbow.messaging.Delivery;
import dev.elbow.messaging.Event;
import dev.elbow.messaging.Event.Command;
import dev.elbow.messaging.Event.Commanded;
import dev.elbow.messaging.Event.Committed;
import dev.elbow.messaging.Event.Declined;
import dev.elbow.messaging.Event.Ended;
import dev.elbow.messaging.Event.Fact;
import dev.elbow.messaging.Event.GivenUp;
import dev.elbow.messaging.Event.Queued;
import dev.elbow.messaging.Event.Started;
import dev.elbow.messaging.Event.SweepSubmitted;
import dev.elbow.messaging.Heartbeat;
import dev.elbow.messaging.Messaging;
import dev.elbow.messaging.MetricPoint;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The coordinator's state and what it does about it, all on one event loop: an event is read, the
 * ledger changes, and what has to follow is decided and written; it counts when it is read back.
 */
final class Core {
  private static final Logger LOG = LoggerFactory.getLogger(Core.class);

  /**
   * Leases that a queued trial may wait while slots are free, before it is sent again: a worker's
   * first trial takes seconds to come, and sending twice means running twice.
   */
  private static final int PATIENCE = 8;

  private final CoordinatorSettings settings;
  private final String name;
  private final Messaging messaging;
  private final SweepReader reader;
  private final Ledger ledger = new Ledger();
  private final LogPosition position = new LogPosition();
  private final Fleet fleet = new Fleet();
  private final Map<String, SweepRun> runs = new LinkedHashMap<>();
  private final Map<String, String> unreadable = new HashMap<>();
  private final Map<String, Sweep> submitted = new HashMap<>();
  private final Map<String, TrialId> losers = new HashMap<>();
  private final EarlyPoints earlyPoints = new EarlyPoints();
  private final Promise<Void> leading = Promise.promise();
  private final Views views;
  private final Decisions decisions;
  private final Commits commits;
  private final Dispatch dispatch;
  private final Leases leases;
  private boolean live;
  private long beats;

  Core(Vertx vertx, CoordinatorSettings settings, String name, Messaging messaging) {
    this.settings = settings;
    this.name = name;
    this.messaging = messaging;
    this.reader = new SweepReader(settings.catalog(), settings.data());
    this.views = new Views(vertx, fleet);
    this.decisions = new Decisions(messaging.events(), name, settings.clock());
    this.commits =
        new Commits(vertx, new SweepFolders(settings.results()), decisions, settings.attempts());
    this.dispatch =
        new Dispatch(fleet, decisions, messaging.trials(), settings.lease().multipliedBy(PATIENCE));
    this.leases = new Leases(settings.heartbeat(), settings.lease(), System.nanoTime());
  }

  Views views() {
    return views;
  }

  Decisions decisions() {
    return decisions;
  }

  Optional<SweepRun> run(String sweep) {
    return Optional.ofNullable(runs.get(sweep));
  }

  /** Why a sweep that is in the log cannot go on here: a plugin is missing, say. */
  Optional<String> unreadable(String sweep) {
    return Optional.ofNullable(unreadable.get(sweep));
  }

  /** Whether this coordinator decides: it leads, and no other has begun to. */
  boolean active() {
    return live && ledger.epoch() == decisions.epoch();
  }

  /**
   * Becomes the active coordinator, once the log was read to its end. Done when that is in the log
   * and everything that it asks for was begun.
   */
  Future<Void> lead() {
    decisions.lead(ledger.epoch() + 1).onFailure(leading::tryFail);
    return leading.future();
  }

  /** The name of the coordinator that decides; empty text before the first. */
  String leader() {
    return ledger.leader();
  }

  List<WorkerView> workers() {
    return fleet.workers(System.nanoTime());
  }

  /** Done when the decision at this offset counts. */
  Future<Void> counts(long offset) {
    return position.await(offset);
  }

  /** The sweep that an event will bring soon, so that it need not be parsed again. */
  void expect(Sweep sweep) {
    submitted.put(sweep.name(), sweep);
  }

  /** Whoever waits is told that nothing will come any more. */
  void fail(Throwable reason) {
    leading.tryFail(reason);
    position.fail(reason);
    runs.values().forEach(run -> run.fail(reason));
  }

  void read(Delivery<Event> delivery) {
    if (delivery instanceof Delivery.Message<Event> message) {
      read(message.value());
    } else if (delivery instanceof Delivery.Unreadable<Event> unreadable) {
      LOG.error(
          "event {} of {} cannot be read and counts for nothing: {}",
          unreadable.offset(),
          unreadable.key(),
          unreadable.reason());
    }
    position.reached(delivery.offset());
  }

  private void read(Event event) {
    Optional<LoggedTrial> before = trialOf(event).flatMap(ledger::trial);
    boolean changed = ledger.apply(event);
    if (event instanceof Event.Leader leader) {
      led(leader);
    } else if (live && event instanceof SweepSubmitted added && changed) {
      add(ledger.sweep(added.sweep()).orElseThrow());
    } else if (live && event instanceof Commanded commanded && changed) {
      commanded(commanded);
    } else if (live && before.isPresent()) {
      trialEvent(event, before.get(), changed);
    }
    if (active()) {
      dispatch.fill(served(), System.nanoTime());
    }
  }

  /** The sweeps whose trials are queued. */
  private Collection<SweepRun> served() {
    return settings
        .only()
        .<Collection<SweepRun>>map(sweep -> run(sweep).stream().toList())
        .orElse(runs.values());
  }

  private static Optional<TrialId> trialOf(Event event) {
    if (event instanceof Fact fact) {
      return Optional.of(fact.trial());
    }
    if (event instanceof Queued queued) {
      return Optional.of(queued.trial());
    }
    if (event instanceof Committed committed) {
      return Optional.of(committed.trial());
    }
    return event instanceof GivenUp givenUp ? Optional.of(givenUp.trial()) : Optional.empty();
  }

  private void led(Event.Leader leader) {
    boolean own = leader.coordinator().equals(name) && leader.epoch() == decisions.epoch();
    if (own && ledger.leader().equals(name)) {
      begin();
    } else if (own) {
      lead();
    } else if (live && !active()) {
      LOG.warn(
          "coordinator {} has taken over; this one decides nothing more", leader.coordinator());
    }
  }

  private void begin() {
    live = true;
    ledger.sweeps().forEach(this::add);
    LOG.info("coordinator {} leads with epoch {}", name, ledger.epoch());
    long now = System.nanoTime();
    for (SweepRun run : runs.values()) {
      run.logged().trials().stream()
          .filter(trial -> trial.step() == Step.QUEUED)
          .forEach(trial -> dispatch.inherit(trial.id(), now, settings.lease()));
      run.active().forEach(trial -> trial.owner().ifPresent(o -> leases.heard(o.execution(), now)));
    }
    served().forEach(commits::writeTable);
    look(now);
    views.flush();
    leading.tryComplete();
  }

  private void add(LoggedSweep logged) {
    try {
      Sweep known = submitted.remove(logged.name());
      Sweep sweep = known == null ? reader.restore(logged.document()) : known;
      SweepRun run = new SweepRun(sweep, logged);
      runs.put(sweep.name(), run);
      views.show(run);
    } catch (IllegalArgumentException e) {
      LOG.error("sweep {} cannot go on: {}", logged.name(), e.getMessage());
      unreadable.put(logged.name(), e.getMessage());
    }
  }

  private void trialEvent(Event event, LoggedTrial before, boolean changed) {
    SweepRun run = runs.get(before.id().sweep());
    if (run == null) {
      return;
    }
    LoggedTrial after = run.logged().trial(before.id().number());
    long now = System.nanoTime();
    dispatch.seen(event, after, now);
    if (changed) {
      run.changed(after);
      views.changed(run);
      views.tell(after);
    }
    if (active()) {
      follow(event, run, before, after, changed);
    }
  }

  private void follow(
      Event event, SweepRun run, LoggedTrial before, LoggedTrial after, boolean changed) {
    if (event instanceof Started started) {
      started(started, before, after);
    } else if (changed && event instanceof Queued) {
      dispatch.send(run, after);
    } else if (event instanceof Ended ended) {
      ended(run, ended, after, changed);
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

  private void started(Started started, LoggedTrial before, LoggedTrial after) {
    if (after.ownedBy(started.execution())) {
      leases.heard(started.execution(), System.nanoTime());
      earlyPoints.take(started.execution()).forEach(views::tell);
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
    messaging.control().publish(word).onFailure(e -> LOG.warn("{} was not sent", word, e));
  }

  private void ended(SweepRun run, Ended ended, LoggedTrial trial, boolean changed) {
    leases.forget(ended.execution());
    if (!changed && trial.step().compareTo(Step.ENDED) > 0) {
      commits.clear(trial.id());
    } else if (changed && !triedAgain(run, trial)) {
      commits.run(run);
    }
  }

  private boolean triedAgain(SweepRun run, LoggedTrial trial) {
    if (!trial.triedAgain(settings.attempts())) {
      return false;
    }
    TrialOutcome.Failed failed = (TrialOutcome.Failed) trial.end().orElseThrow().outcome();
    String reason = "%s: %s".formatted(failed.kind(), failed.message());
    dispatch.again(run, trial, reason, System.nanoTime());
    return true;
  }

  private void commanded(Commanded commanded) {
    SweepRun run = runs.get(commanded.sweep());
    if (commanded.command() == Command.DELETE || run == null) {
      return;
    }
    if (commanded.command() == Command.CANCEL && active()) {
      stopped(run, commanded).forEach(trial -> stop(trial, commanded.by()));
    }
    run.changedAll();
    run.logged().trials().forEach(trial -> dispatch.seen(commanded, trial, System.nanoTime()));
    run.logged().trials().forEach(trial -> commits.done(run, trial.id().number()));
    views.show(run);
    if (active()) {
      commits.writeTable(run);
    }
  }

  private static Stream<LoggedTrial> stopped(SweepRun run, Commanded commanded) {
    return run.logged().trials().stream()
        .filter(trial -> trial.step() == Step.CANCELLED && trial.attempt() > 0)
        .filter(trial -> commanded.trial().map(trial.id()::equals).orElse(true));
  }

  private void stop(LoggedTrial trial, String by) {
    trial.owner().map(Owner::execution).ifPresent(leases::forget);
    say(new Control.Stop(trial.id(), trial.attempt(), "cancelled by " + by));
  }

  void heard(Delivery<Heartbeat> delivery) {
    if (!live || !(delivery instanceof Delivery.Message<Heartbeat> message)) {
      return;
    }
    Heartbeat heartbeat = message.value();
    long now = System.nanoTime();
    if (heartbeat.worker().equals(name)) {
      leases.echoed(now);
      return;
    }
    boolean more = fleet.heard(heartbeat, now);
    heartbeat.executions().forEach(execution -> heard(execution, now));
    if (more) {
      runs.values().forEach(views::changed);
    }
    if (active()) {
      dispatch.fill(served(), now);
    }
  }

  private void heard(Heartbeat.Execution execution, long now) {
    SweepRun run = runs.get(execution.trial().sweep());
    if (run == null) {
      return;
    }
    if (run.logged().trial(execution.trial().number()).ownedBy(execution.execution())) {
      leases.heard(execution.execution(), now);
      views.changed(run);
    } else if (active() && losers.containsKey(execution.execution())) {
      say(new Control.Lost(execution.trial(), execution.execution()));
    }
  }

  void measured(Delivery<MetricPoint> delivery) {
    if (!live || !(delivery instanceof Delivery.Message<MetricPoint> message)) {
      return;
    }
    MetricPoint point = message.value();
    ledger
        .trial(point.trial())
        .ifPresent(
            trial -> {
              if (!trial.executions().contains(point.execution())) {
                earlyPoints.keep(point);
              } else if (trial
                  .owner()
                  .filter(o -> o.execution().equals(point.execution()))
                  .isPresent()) {
                views.tell(point);
              }
            });
  }

  /** What has to be done once a heartbeat. */
  void tick() {
    long now = System.nanoTime();
    messaging.heartbeats().publish(ownHeartbeat());
    if (!active()) {
      return;
    }
    losers.keySet().removeIf(execution -> fleet.running(execution).isEmpty());
    if (fleet.forgetSilent(now, settings.lease())) {
      runs.values().forEach(views::changed);
    }
    dispatch.tick(runs, now);
    look(now);
    dispatch.fill(served(), now);
  }

  /** Looks after every trial that was started and is not committed. */
  private void look(long now) {
    for (SweepRun run : runs.values()) {
      for (LoggedTrial trial : run.active()) {
        look(run, trial, now);
      }
      commits.run(run);
    }
  }

  private void look(SweepRun run, LoggedTrial trial, long now) {
    if (trial.step() == Step.ENDED) {
      triedAgain(run, trial);
    } else if (!dispatch.underWay(trial.id())) {
      trial
          .owner()
          .filter(owner -> leases.expired(owner.execution(), now))
          .ifPresent(owner -> lost(run, trial, owner, now));
    }
  }

  private void lost(SweepRun run, LoggedTrial trial, Owner owner, long now) {
    String reason =
        "worker %s was silent for %d s".formatted(owner.worker(), settings.lease().toSeconds());
    leases.forget(owner.execution());
    LOG.warn("{} attempt {}: {}", trial.id(), trial.attempt(), reason);
    if (trial.attemptsSpent() < settings.attempts()) {
      dispatch.again(run, trial, reason, now);
      return;
    }
    String message =
        "%s, in attempt %d of %d".formatted(reason, trial.attemptsSpent(), settings.attempts());
    decisions
        .giveUp(trial.id(), new TrialOutcome.Failed(FailureKind.WORKER_LOST, message, 0))
        .onFailure(e -> LOG.warn("{} could not be given up, trying again", trial.id(), e));
  }

  // It comes back only while Kafka is there, which is what silence of others is measured against.
  private Heartbeat ownHeartbeat() {
    Heartbeat.Capabilities nothing = new Heartbeat.Capabilities(List.of(), List.of(), "");
    return new Heartbeat(name, ++beats, true, 0, nothing, List.of());
  }
}
