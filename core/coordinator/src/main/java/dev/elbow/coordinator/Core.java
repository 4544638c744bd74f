package dev.elbow.coordinator;

import dev.elbow.api.TrialId;
import dev.elbow.coordinator.client.UnreadableList;
import dev.elbow.coordinator.ledger.Ledger;
import dev.elbow.coordinator.ledger.LoggedSweep;
import dev.elbow.coordinator.ledger.LoggedTrial;
import dev.elbow.coordinator.ledger.TrialState;
import dev.elbow.coordinator.sweep.SweepReader;
import dev.elbow.messaging.Delivery;
import dev.elbow.messaging.Event;
import dev.elbow.messaging.Event.Command;
import dev.elbow.messaging.Event.Commanded;
import dev.elbow.messaging.Event.Committed;
import dev.elbow.messaging.Event.Decision;
import dev.elbow.messaging.Event.Fact;
import dev.elbow.messaging.Event.GivenUp;
import dev.elbow.messaging.Event.Leader;
import dev.elbow.messaging.Event.Pruned;
import dev.elbow.messaging.Event.Queued;
import dev.elbow.messaging.Event.Started;
import dev.elbow.messaging.Event.SweepSubmitted;
import dev.elbow.messaging.Heartbeat;
import dev.elbow.messaging.Messaging;
import dev.elbow.messaging.MetricPoint;
import dev.elbow.messaging.Subscription;
import dev.elbow.messaging.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The coordinator's state, all on one event loop: an event is read, the ledger changes, and what
 * the coordinator shows follows. What has to be decided then is for its {@link Term}, while it has
 * one.
 */
final class Core {
  private static final Logger LOG = LoggerFactory.getLogger(Core.class);

  private final Vertx vertx;
  private final CoordinatorSettings settings;
  private final String name;
  private final Messaging messaging;
  private final Ledger ledger = new Ledger();
  private final LogPosition position = new LogPosition();
  private final EventLag lag = new EventLag(System.nanoTime());
  private boolean askingEnd;
  private final Fleet fleet = new Fleet();
  private final Sweeps sweeps;
  private final EarlyPoints earlyPoints = new EarlyPoints();
  private final Topics topics;
  private final Aside aside = new Aside();
  private final Leadership leadership;
  private final Views views;
  private final Leases leases;
  private final CoordinatorMetrics metrics;
  private Optional<Term> term = Optional.empty();
  private Optional<Throwable> end = Optional.empty();
  private boolean current;
  private long beats;

  Core(
      Vertx vertx,
      CoordinatorSettings settings,
      String name,
      Messaging messaging,
      MeterRegistry registry) {
    this.vertx = vertx;
    this.settings = settings;
    this.name = name;
    this.messaging = messaging;
    this.topics = settings.kafka().topics();
    this.sweeps = new Sweeps(new SweepReader(settings.catalog(), settings.data()), settings.only());
    this.views = new Views(vertx, fleet);
    this.metrics = new CoordinatorMetrics(registry, views, lag);
    this.leases = new Leases(settings.heartbeat(), settings.lease(), System.nanoTime());
    this.leadership =
        new Leadership(
            name,
            messaging.events(),
            ledger,
            settings.clock(),
            settings.election().session(),
            new TermOfOffice());
  }

  private final class TermOfOffice implements Leadership.Office {
    @Override
    public void begin() {
      Term begun = new Term(vertx, settings, messaging, ledger, sweeps, fleet, leases, metrics);
      term = Optional.of(begun);
      begun.begin();
      views.flush();
    }

    @Override
    public void end() {
      term.ifPresent(Term::end);
      term = Optional.empty();
    }
  }

  Views views() {
    return views;
  }

  Sweeps sweeps() {
    return sweeps;
  }

  /** What this coordinator does while it decides; empty while it does not. */
  Optional<Term> term() {
    return term;
  }

  /** A sweep of the log, whether or not it can go on here. */
  Optional<LoggedSweep> logged(String sweep) {
    return ledger.sweep(sweep);
  }

  Leadership leadership() {
    return leadership;
  }

  /** What is known of the coordinator that decides. */
  NotActiveException notActive() {
    boolean other = !ledger.leader().equals(name);
    return other
        ? new NotActiveException(ledger.leader(), ledger.leaderAddress().orElse(""))
        : new NotActiveException("", "");
  }

  List<WorkerView> workers() {
    return fleet.workers(System.nanoTime());
  }

  /** The records that could not be read. */
  UnreadableList unreadable() {
    return aside.list();
  }

  /** Done when the decision at this offset counts; fails if it was overtaken by another leader. */
  Future<Void> counts(long offset) {
    return position.await(offset);
  }

  /** The log was read to its end: from here on everything is shown as it changes. */
  void caughtUp() {
    ledger.sweeps().forEach(this::add);
    // To read a long log takes longer than heartbeats may stay out.
    leases.echoed(System.nanoTime());
    current = true;
  }

  /** How it is, but for the results folder. */
  Readiness readiness() {
    List<String> problems = new ArrayList<>();
    end.ifPresent(reason -> problems.add("the coordinator cannot go on: " + reason.getMessage()));
    if (!leases.hears(System.nanoTime())) {
      problems.add("Kafka is not heard: the coordinator's own heartbeats do not come back");
    }
    if (ledger.leader().isEmpty()) {
      problems.add("no coordinator was elected yet");
    }
    return new Readiness(
        end.isEmpty(),
        leadership.leads(),
        ledger.leader(),
        ledger.leaderAddress().orElse(""),
        problems);
  }

  /** Nothing will come any more, and whoever waits is told so. */
  void fail(Throwable reason) {
    end = end.or(() -> Optional.of(reason));
    leadership.end(reason);
    position.fail(reason);
    sweeps.all().forEach(run -> run.fail(reason));
  }

  void read(Delivery<Event> delivery) {
    aside.look(topics.events(), delivery);
    if (delivery instanceof Delivery.Message<Event> message) {
      if (message.value() instanceof Decision late && late.epoch() < ledger.epoch()) {
        position.ignored(delivery.offset(), notActive());
        term.ifPresent(active -> active.overruled(late));
      }
      read(message.value());
    }
    position.reached(delivery.offset());
    lag.read(delivery.offset());
  }

  private void read(Event event) {
    if (event instanceof Leader claim) {
      ledger.apply(event);
      leadership.read(claim, System.nanoTime());
    } else if (current) {
      follow(event);
    } else {
      ledger.apply(event); // what came of it is shown when the log was read
    }
    term.ifPresent(active -> active.read(System.nanoTime()));
  }

  private void follow(Event event) {
    Optional<LoggedTrial> before = trialOf(event).flatMap(ledger::trial);
    Optional<LoggedSweep> deleted = deletedBy(event).flatMap(ledger::sweep);
    boolean changed = ledger.apply(event);
    deleted
        .filter(gone -> changed)
        .ifPresentOrElse(
            gone -> deleted(gone, (Commanded) event), () -> show(event, before, changed));
  }

  private void show(Event event, Optional<LoggedTrial> before, boolean changed) {
    if (event instanceof SweepSubmitted added && changed) {
      add(ledger.sweep(added.sweep()).orElseThrow());
    } else if (event instanceof Commanded commanded && changed) {
      commanded(commanded);
    } else if (event instanceof Pruned pruned && changed) {
      pruned(pruned);
    } else if (before.isPresent()) {
      trialEvent(event, before.get(), changed);
    } else if (event instanceof Fact fact) {
      term.ifPresent(active -> active.strayed(fact));
    }
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

  private static Optional<String> deletedBy(Event event) {
    return event instanceof Commanded commanded && commanded.command() == Command.DELETE
        ? Optional.of(commanded.sweep())
        : Optional.empty();
  }

  private void add(LoggedSweep logged) {
    sweeps.add(logged).ifPresent(views::show);
  }

  private void trialEvent(Event event, LoggedTrial before, boolean changed) {
    sweeps
        .run(before.id().sweep())
        .ifPresent(
            run -> {
              LoggedTrial after = run.logged().trial(before.id().number());
              show(event, run, after, changed);
              term.ifPresent(active -> active.follow(event, run, before, after, changed));
            });
  }

  private void show(Event event, SweepRun run, LoggedTrial trial, boolean changed) {
    if (changed) {
      run.changed(trial);
      views.changed(run);
      views.tell(trial);
    }
    if (event instanceof Started started && trial.ownedBy(started.execution())) {
      earlyPoints.take(started.execution()).forEach(point -> tell(point, run));
    }
  }

  private void deleted(LoggedSweep gone, Commanded commanded) {
    Optional<SweepRun> run = sweeps.remove(gone.name());
    views.forget(gone.name());
    run.ifPresent(known -> known.fail(UnknownSweepException.deleted(gone.name())));
    term.ifPresent(active -> active.deleted(gone, run, commanded.by()));
  }

  private void pruned(Pruned pruned) {
    sweeps.run(pruned.sweep()).ifPresent(run -> term.ifPresent(active -> active.pruned(run)));
  }

  private void commanded(Commanded commanded) {
    sweeps
        .run(commanded.sweep())
        .ifPresent(
            run -> {
              int before = views.count(TrialState.CANCELLED);
              run.changedAll();
              views.show(run);
              int cancelled = views.count(TrialState.CANCELLED) - before;
              term.ifPresent(active -> active.follow(commanded, run, cancelled));
            });
  }

  void heard(Delivery<Heartbeat> delivery) {
    aside.look(topics.heartbeats(), delivery);
    if (!current || !(delivery instanceof Delivery.Message<Heartbeat> message)) {
      return;
    }
    long now = System.nanoTime();
    if (message.value().worker().equals(name)) {
      echoed(now);
    } else if (!message.value().ofCoordinator()) {
      heard(message.value(), now);
    }
  }

  private void echoed(long now) {
    if (!leases.hears(now)) {
      LOG.info("coordinator {} hears Kafka again", name);
      term.ifPresent(active -> active.resume(now));
    }
    leases.echoed(now);
  }

  private void heard(Heartbeat heartbeat, long now) {
    boolean more = fleet.heard(heartbeat, now);
    heartbeat.executions().forEach(this::show);
    if (more) {
      sweeps.all().forEach(views::changed);
    }
    term.ifPresent(active -> active.heard(heartbeat, now));
  }

  private void show(Heartbeat.Execution execution) {
    sweeps
        .run(execution.trial().sweep())
        .filter(
            run -> run.logged().trial(execution.trial().number()).ownedBy(execution.execution()))
        .ifPresent(views::changed);
  }

  void measured(Delivery<MetricPoint> delivery) {
    aside.look(topics.metrics(), delivery);
    if (current && delivery instanceof Delivery.Message<MetricPoint> message) {
      MetricPoint point = message.value();
      ledger.trial(point.trial()).ifPresent(trial -> measured(point, trial));
    }
  }

  private void measured(MetricPoint point, LoggedTrial trial) {
    if (!trial.executions().contains(point.execution())) {
      earlyPoints.keep(point);
    } else if (trial.owner().filter(o -> o.execution().equals(point.execution())).isPresent()) {
      sweeps.run(point.trial().sweep()).ifPresent(run -> tell(point, run));
    }
  }

  private void tell(MetricPoint point, SweepRun run) {
    views.tell(point, run.sweep().trial(point.trial().number()));
  }

  /** What has to be done once a heartbeat. */
  void tick() {
    long now = System.nanoTime();
    messaging.heartbeats().publish(ownHeartbeat());
    if (fleet.forgetSilent(now, settings.lease())) {
      sweeps.all().forEach(views::changed);
    }
    leadership.tick(now);
    // What follows from silence and time means nothing to one that was paused or cut off itself.
    term.filter(active -> leases.hears(now)).ifPresent(active -> active.tick(now));
  }

  /** Asks how far the log goes by now, unless the last answer still stays out. */
  void measureLag(Subscription log) {
    if (askingEnd) {
      return;
    }
    askingEnd = true;
    long asked = System.nanoTime();
    log.end().onSuccess(end -> lag.end(end, asked)).onComplete(done -> askingEnd = false);
  }

  // It comes back only while Kafka is there, which is what silence of others is measured against.
  private Heartbeat ownHeartbeat() {
    Heartbeat.Capabilities nothing = new Heartbeat.Capabilities(List.of(), List.of(), "");
    return new Heartbeat(name, ++beats, true, 0, nothing, List.of());
  }
}
