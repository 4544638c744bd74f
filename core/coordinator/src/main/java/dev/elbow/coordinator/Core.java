package dev.elbow.coordinator;

import dev.elbow.api.TrialId;
import dev.elbow.coordinator.ledger.Ledger;
import dev.elbow.coordinator.ledger.LoggedSweep;
import dev.elbow.coordinator.ledger.LoggedTrial;
import dev.elbow.coordinator.sweep.SweepReader;
import dev.elbow.messaging.Delivery;
import dev.elbow.messaging.Event;
import dev.elbow.messaging.Event.Command;
import dev.elbow.messaging.Event.Commanded;
import dev.elbow.messaging.Event.Committed;
import dev.elbow.messaging.Event.Fact;
import dev.elbow.messaging.Event.GivenUp;
import dev.elbow.messaging.Event.Leader;
import dev.elbow.messaging.Event.Queued;
import dev.elbow.messaging.Event.Started;
import dev.elbow.messaging.Event.SweepSubmitted;
import dev.elbow.messaging.Heartbeat;
import dev.elbow.messaging.Messaging;
import dev.elbow.messaging.MetricPoint;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
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
  private final Fleet fleet = new Fleet();
  private final Sweeps sweeps;
  private final EarlyPoints earlyPoints = new EarlyPoints();
  private final Promise<Void> leading = Promise.promise();
  private final Views views;
  private final Leases leases;
  private Optional<Term> term = Optional.empty();
  private long epoch;
  private boolean live;
  private long beats;

  Core(Vertx vertx, CoordinatorSettings settings, String name, Messaging messaging) {
    this.vertx = vertx;
    this.settings = settings;
    this.name = name;
    this.messaging = messaging;
    this.sweeps = new Sweeps(new SweepReader(settings.catalog(), settings.data()), settings.only());
    this.views = new Views(vertx, fleet);
    this.leases = new Leases(settings.heartbeat(), settings.lease(), System.nanoTime());
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

  /**
   * Becomes the active coordinator, once the log was read to its end. Done when that is in the log
   * and everything that it asks for was begun.
   */
  Future<Void> lead() {
    epoch = ledger.epoch() + 1;
    messaging
        .events()
        .publish(new Leader(epoch, name, settings.clock().instant()))
        .onFailure(leading::tryFail);
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

  /** Whoever waits is told that nothing will come any more. */
  void fail(Throwable reason) {
    leading.tryFail(reason);
    end();
    position.fail(reason);
    sweeps.all().forEach(run -> run.fail(reason));
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
    if (event instanceof Leader leader) {
      led(leader);
    } else if (live && event instanceof SweepSubmitted added && changed) {
      add(ledger.sweep(added.sweep()).orElseThrow());
    } else if (live && event instanceof Commanded commanded && changed) {
      commanded(commanded);
    } else if (live && before.isPresent()) {
      trialEvent(event, before.get(), changed);
    }
    term.ifPresent(active -> active.fill(System.nanoTime()));
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

  private void led(Leader leader) {
    boolean own = leader.coordinator().equals(name) && leader.epoch() == epoch;
    if (own && ledger.leader().equals(name)) {
      begin();
    } else if (own) {
      lead();
    } else if (term.isPresent() && ledger.epoch() != epoch) {
      LOG.warn(
          "coordinator {} has taken over; this one decides nothing more", leader.coordinator());
      end();
    }
  }

  private void end() {
    term.ifPresent(Term::end);
    term = Optional.empty();
  }

  private void begin() {
    live = true;
    ledger.sweeps().forEach(this::add);
    LOG.info("coordinator {} leads with epoch {}", name, ledger.epoch());
    Term begun = new Term(vertx, settings, messaging, sweeps, fleet, leases, epoch);
    term = Optional.of(begun);
    begun.begin();
    views.flush();
    leading.tryComplete();
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
      earlyPoints.take(started.execution()).forEach(views::tell);
    }
  }

  private void commanded(Commanded commanded) {
    if (commanded.command() == Command.DELETE) {
      return;
    }
    sweeps
        .run(commanded.sweep())
        .ifPresent(
            run -> {
              run.changedAll();
              views.show(run);
              term.ifPresent(active -> active.follow(commanded, run));
            });
  }

  void heard(Delivery<Heartbeat> delivery) {
    if (!live || !(delivery instanceof Delivery.Message<Heartbeat> message)) {
      return;
    }
    long now = System.nanoTime();
    if (message.value().worker().equals(name)) {
      leases.echoed(now);
    } else {
      heard(message.value(), now);
    }
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
    if (live && delivery instanceof Delivery.Message<MetricPoint> message) {
      MetricPoint point = message.value();
      ledger.trial(point.trial()).ifPresent(trial -> measured(point, trial));
    }
  }

  private void measured(MetricPoint point, LoggedTrial trial) {
    if (!trial.executions().contains(point.execution())) {
      earlyPoints.keep(point);
    } else if (trial.owner().filter(o -> o.execution().equals(point.execution())).isPresent()) {
      views.tell(point);
    }
  }

  /** What has to be done once a heartbeat. */
  void tick() {
    long now = System.nanoTime();
    messaging.heartbeats().publish(ownHeartbeat());
    if (fleet.forgetSilent(now, settings.lease())) {
      sweeps.all().forEach(views::changed);
    }
    term.ifPresent(active -> active.tick(now));
  }

  // It comes back only while Kafka is there, which is what silence of others is measured against.
  private Heartbeat ownHeartbeat() {
    Heartbeat.Capabilities nothing = new Heartbeat.Capabilities(List.of(), List.of(), "");
    return new Heartbeat(name, ++beats, true, 0, nothing, List.of());
  }
}
