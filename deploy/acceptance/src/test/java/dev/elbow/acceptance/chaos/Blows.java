package dev.elbow.acceptance.chaos;

import dev.elbow.acceptance.chaos.History.Told;
import dev.elbow.messaging.Event;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What is done to a system while it works. Each method waits until the part that it is about works,
 * strikes, and returns once others have gone on with what that part did. For one thread.
 */
final class Blows {
  static final String TRAINS_AGAIN = "worker killed: its trial trains again";
  static final String NEXT_LEADER = "coordinator killed: the next one leads";
  static final String QUEUES_AGAIN = "coordinator killed: the next one queues";
  static final String STARTS_AGAIN = "queue's broker killed: the next trial starts";
  static final String LEAVES = "worker asked to end: it has";
  static final String TAKEN_FROM_HELD = "worker held: its trial trains again";

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  // Whoever trains for so long has been given the trial for good.
  private static final Duration TRAINING = Duration.ofMillis(400);

  private final Installation system;
  private final EventLog log;

  Blows(Installation system) {
    this.system = system;
    this.log = system.log();
  }

  /** Kills a worker that trains; the worker runs again when this returns. */
  Hit killWorker(Member worker) throws Exception {
    while (true) {
      Event.Started victim = trains(worker);
      long at = System.nanoTime();
      worker.kill();
      Optional<Told> next = awaitOther(victim, at);
      worker.start();
      if (next.isPresent()) {
        Event.Started again = (Event.Started) next.get().event();
        return new Hit(
            "kill -9 of worker " + victim.worker(),
            "it trained %s, which %s started as attempt %d"
                .formatted(victim.trial(), again.worker(), again.attempt()),
            Map.of(TRAINS_AGAIN, Duration.ofNanos(next.get().nanos() - at)));
      }
      worker.awaitServed(PATIENCE);
    }
  }

  /**
   * Holds a worker that trains until its trial was given to another, then lets it go on; it must
   * notice, and be of use again.
   */
  Hit holdWorker(Member worker) throws Exception {
    while (true) {
      Event.Started victim = trains(worker);
      long at = System.nanoTime();
      worker.hold();
      Optional<Told> next = awaitOther(victim, at);
      worker.goOn();
      if (next.isPresent()) {
        long went = System.nanoTime();
        String proof = "it trained %s, which %s started".formatted(victim.trial(), by(next.get()));
        return new Hit(
            "SIGSTOP of worker " + victim.worker() + " past its lease, SIGCONT",
            proof + "; afterwards " + usefulSince(victim.worker(), went),
            Map.of(TAKEN_FROM_HELD, Duration.ofNanos(next.get().nanos() - at)));
      }
    }
  }

  private static String by(Told started) {
    return ((Event.Started) started.event()).worker();
  }

  private String usefulSince(String worker, long nanos) throws InterruptedException {
    Event.Started next =
        log.find(
            PATIENCE,
            worker + " takes another trial",
            history ->
                startsSince(history, nanos, start -> start.worker().equals(worker))
                    .map(told -> (Event.Started) told.event()));
    return "it took " + next.trial();
  }

  private Event.Started trains(Member worker) throws InterruptedException {
    String name = worker.awaitServed(PATIENCE);
    return log.find(
        PATIENCE,
        name + " trains",
        history -> history.running(name).filter(run -> isSettled(history, run)).findFirst());
  }

  private static boolean isSettled(History history, Event.Started run) {
    long since = history.of(run.trial()).orElseThrow().startedNanos();
    return System.nanoTime() - since > TRAINING.toNanos();
  }

  /** The next start of a trial; empty if it ended at that very moment after all. */
  private Optional<Told> awaitOther(Event.Started victim, long at) throws InterruptedException {
    return log.find(
        PATIENCE,
        "%s is started again or ended".formatted(victim.trial()),
        history -> {
          if (history.of(victim.trial()).orElseThrow().hasEnded(victim.execution())) {
            return Optional.of(Optional.empty());
          }
          return startsSince(history, at, start -> isOther(victim, start)).map(Optional::of);
        });
  }

  private static boolean isOther(Event.Started victim, Event.Started start) {
    return start.trial().equals(victim.trial())
        && start.attempt() >= victim.attempt()
        && !start.execution().equals(victim.execution());
  }

  private static Optional<Told> startsSince(
      History history, long nanos, Predicate<Event.Started> which) {
    return history
        .since(nanos)
        .filter(told -> told.event() instanceof Event.Started start && which.test(start))
        .findFirst();
  }

  /** Asks a worker that trains to leave, as a service manager does, and starts it again. */
  Hit leave(Member worker) throws Exception {
    Event.Started guest = trains(worker);
    int back = log.ask(history -> history.of(guest.trial()).orElseThrow().handedBack());
    long at = System.nanoTime();
    worker.ask();
    worker.awaitEnd();
    Duration took = Duration.ofNanos(System.nanoTime() - at);
    worker.start();
    boolean given =
        log.find(
            PATIENCE,
            "%s is handed back or ended".formatted(guest.trial()),
            history ->
                history
                    .of(guest.trial())
                    .filter(life -> life.hasEnded(guest.execution()))
                    .map(life -> life.handedBack() > back));
    return new Hit(
        "SIGTERM of worker " + guest.worker(),
        "it trained %s, which it %s".formatted(guest.trial(), given ? "handed back" : "ended"),
        Map.of(LEAVES, took));
  }

  /** Kills the coordinator that leads by the log while there is something to queue. */
  Hit killCoordinator() throws Exception {
    Member leader = awaitLeader();
    String name = log.ask(History::leader);
    long epoch = log.ask(History::epoch);
    long at = System.nanoTime();
    leader.kill();
    if (system.coordinators().size() == 1) {
      leader.start();
    }
    Hit hit = succeeded("kill -9 of coordinator " + name, name, epoch, at);
    leader.start();
    return hit;
  }

  /** Holds the coordinator that leads until another does, then lets it go on in its belief. */
  Hit holdCoordinator() throws Exception {
    Member leader = awaitLeader();
    String name = log.ask(History::leader);
    long epoch = log.ask(History::epoch);
    long at = System.nanoTime();
    leader.hold();
    Hit hit = succeeded("SIGSTOP of coordinator " + name + ", SIGCONT", name, epoch, at);
    leader.goOn();
    return hit;
  }

  private Member awaitLeader() throws InterruptedException {
    Waiting.until(
        PATIENCE,
        "a coordinator that runs leads",
        () -> system.leader().filter(leader -> leader.served().isPresent()).isPresent(),
        () -> log.ask(History::leader));
    return system.leader().orElseThrow();
  }

  private Hit succeeded(String what, String name, long epoch, long at) throws InterruptedException {
    Told leads =
        log.find(PATIENCE, "a leader after " + name, history -> leadsAfter(history, at, epoch));
    Told queues =
        log.find(PATIENCE, "its successor queues", history -> queuesAfter(history, at, epoch));
    Map<String, Duration> delays = new LinkedHashMap<>();
    delays.put(NEXT_LEADER, Duration.ofNanos(leads.nanos() - at));
    delays.put(QUEUES_AGAIN, Duration.ofNanos(queues.nanos() - at));
    Event.Leader next = (Event.Leader) leads.event();
    Event.Queued queued = (Event.Queued) queues.event();
    return new Hit(
        what,
        "it led epoch %d; %s leads epoch %d and queued %s"
            .formatted(epoch, next.coordinator(), next.epoch(), queued.trial()),
        delays);
  }

  private static Optional<Told> leadsAfter(History history, long at, long epoch) {
    return history
        .since(at)
        .filter(told -> told.event() instanceof Event.Leader next && next.epoch() > epoch)
        .findFirst();
  }

  private static Optional<Told> queuesAfter(History history, long at, long epoch) {
    return history
        .since(at)
        .filter(told -> told.event() instanceof Event.Queued next && next.epoch() > epoch)
        .findFirst();
  }

  /** Kills the broker that leads the queue while trials are trained. */
  Hit killBroker() throws Exception {
    Member leader = awaitQueueLeader(Optional.empty());
    log.await(PATIENCE, "trials are trained", history -> history.running() > 0);
    int running = log.ask(History::running);
    long at = System.nanoTime();
    leader.kill();
    if (system.brokers().size() == 1) {
      leader.start();
    }
    Member next = awaitQueueLeader(Optional.of(leader).filter(dead -> !dead.isAlive()));
    Told started =
        log.find(PATIENCE, "a trial starts", history -> startsSince(history, at, start -> true));
    leader.start();
    return new Hit(
        "kill -9 of broker %s, which led elbow.trials".formatted(leader.name()),
        "%d trials were trained; %s leads the queue, and %s started from it"
            .formatted(running, next.name(), ((Event.Started) started.event()).trial()),
        Map.of(STARTS_AGAIN, Duration.ofNanos(started.nanos() - at)));
  }

  private Member awaitQueueLeader(Optional<Member> not) throws InterruptedException {
    Waiting.until(
        PATIENCE,
        "the queue has a leader",
        () -> system.queueLeader().filter(found -> !not.equals(Optional.of(found))).isPresent(),
        () -> "");
    return system.queueLeader().orElseThrow();
  }
}
