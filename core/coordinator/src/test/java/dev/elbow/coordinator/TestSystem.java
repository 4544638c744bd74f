package dev.elbow.coordinator;

import static org.awaitility.Awaitility.await;

import dev.elbow.api.Evaluation;
import dev.elbow.api.TrialId;
import dev.elbow.api.TrialOutcome;
import dev.elbow.api.data.DataFolder;
import dev.elbow.broker.Broker;
import dev.elbow.catalog.Catalog;
import dev.elbow.catalog.PluginException;
import dev.elbow.coordinator.TestWorker.Behaviour;
import dev.elbow.coordinator.TestWorker.Taken;
import dev.elbow.messaging.Candidacy;
import dev.elbow.messaging.Control;
import dev.elbow.messaging.Event;
import dev.elbow.messaging.KafkaSettings;
import dev.elbow.messaging.Messaging;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A coordinator and workers without an engine on a real broker, each in a namespace of its own. */
public final class TestSystem implements AutoCloseable {
  /** The plugins of the class path. */
  public static final Catalog CATALOG = catalog();

  private static final AtomicInteger NAMESPACES = new AtomicInteger();
  static final List<String> PLUGINS =
      List.of("dataset/sprites", "encoder/dense", "decoder/dense", "objective/elbo", "score/mig");

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final List<TestWorker> workers = new ArrayList<>();
  private final Vertx vertx = Vertx.vertx();
  private final KafkaSettings kafka;
  private final Path results;
  private final Catalog catalog;
  private MeterRegistry figures = new CompositeMeterRegistry();
  private Coordinator coordinator;
  private Messaging messaging;

  public TestSystem(Broker broker, Catalog catalog, Path results) {
    this.catalog = catalog;
    this.results = results;
    String namespace = "system" + NAMESPACES.incrementAndGet();
    this.kafka = new KafkaSettings(broker.bootstrapServers(), namespace, Map.of());
    open.push(() -> done(vertx.close()));
  }

  private static Catalog catalog() {
    try {
      return Catalog.ofClassPath();
    } catch (PluginException e) {
      throw new AssertionError(e);
    }
  }

  CoordinatorSettings settings() {
    return new CoordinatorSettings(
        "c",
        kafka,
        1,
        Duration.ofSeconds(30),
        results,
        DataFolder.none(),
        catalog,
        TestWorker.HEARTBEAT,
        Duration.ofSeconds(2),
        3,
        Candidacy.Terms.USUAL,
        Optional.empty(),
        Clock.systemUTC());
  }

  /** Shows the figures of coordinators that are started from now on. */
  public void measure(MeterRegistry registry) {
    figures = registry;
  }

  public Vertx vertx() {
    return vertx;
  }

  KafkaSettings kafka() {
    return kafka;
  }

  /** The coordinator, which is started when it is first asked for. */
  public Coordinator coordinator() {
    if (coordinator == null) {
      coordinator = start(settings());
    }
    return coordinator;
  }

  /** Starts one more coordinator. */
  Coordinator start(CoordinatorSettings settings) {
    Coordinator started = done(Coordinator.start(vertx, settings, figures));
    own(() -> done(started.close()));
    done(started.stand(Optional.empty()));
    return started;
  }

  /**
   * Another coordinator takes over from the one that there was.
   *
   * @param meanwhile done while there is none
   */
  void restart(Runnable meanwhile) {
    done(coordinator().close());
    meanwhile.run();
    coordinator = start(settings());
  }

  /** Writes to the log, in the name of whoever. */
  void say(Event event) {
    if (messaging == null) {
      messaging = Messaging.open(vertx, kafka);
      own(() -> done(messaging.close()));
    }
    done(messaging.events().publish(event));
  }

  /** What the workers were told so far. */
  List<Control> told() {
    return workers.stream().flatMap(worker -> worker.told.stream()).toList();
  }

  /** The last time that a worker took a trial. */
  Taken taken(TrialId trial) {
    return find(trial).orElseThrow().getValue();
  }

  /** The event with which a worker ends an execution. */
  Event.Ended ended(Taken taken, TrialOutcome outcome) {
    return new Event.Ended(
        taken.trial().id(),
        taken.attempt(),
        taken.execution(),
        "worker",
        outcome,
        taken.folder(),
        Map.of(),
        Instant.EPOCH);
  }

  /** Starts a worker that has {@code plugins}. */
  TestWorker start(int slots, List<String> plugins, Behaviour behaviour) {
    TestWorker worker = own(new TestWorker(vertx, kafka, results, slots, plugins, behaviour));
    workers.add(worker);
    return worker;
  }

  /** Starts a worker that trains in {@code precisions}. */
  TestWorker start(List<String> precisions, Behaviour behaviour) {
    TestWorker worker =
        own(new TestWorker(vertx, kafka, results, 1, PLUGINS, precisions, behaviour));
    workers.add(worker);
    return worker;
  }

  /** To be closed before everything that was opened earlier. */
  public <T extends AutoCloseable> T own(T part) {
    open.push(part);
    return part;
  }

  /**
   * Starts a worker.
   *
   * @param ends how each trial ends; one without an end runs until {@link #end}
   */
  public void worker(int slots, Function<TrialId, Optional<TrialOutcome>> ends) {
    start(slots, PLUGINS, taken -> ends.apply(taken.trial().id()));
  }

  /** Waits until a slot has the trial. */
  public void untilTaken(TrialId trial) {
    until(() -> find(trial).isPresent());
  }

  /** A worker tells of an evaluation of a trial that it has taken. */
  public void measure(TrialId trial, Evaluation evaluation) {
    Map.Entry<TestWorker, Taken> taken = find(trial).orElseThrow();
    taken.getKey().measure(taken.getValue(), evaluation);
  }

  /** Ends a trial that a worker has taken. */
  public void end(TrialId trial, TrialOutcome outcome) {
    Map.Entry<TestWorker, Taken> taken = find(trial).orElseThrow();
    taken.getKey().end(taken.getValue(), outcome);
  }

  // The last time that it was taken, since a trial may have been tried before.
  private Optional<Map.Entry<TestWorker, Taken>> find(TrialId trial) {
    return workers.stream()
        .flatMap(worker -> worker.taken.stream().map(taken -> Map.entry(worker, taken)))
        .filter(entry -> entry.getValue().trial().id().equals(trial))
        .reduce((first, second) -> second);
  }

  /** A sweep file with one trial for each beta from 1. */
  public static String sweep(String name, int trials) {
    String betas =
        IntStream.rangeClosed(1, trials)
            .mapToObj(String::valueOf)
            .collect(Collectors.joining(", ", "[", "]"));
    return """
        name: %s
        dataset: {plugin: sprites, orientations: 1, positionsX: 2, positionsY: 2, validation: 0.2}
        encoder: {plugin: dense, hidden: [4]}
        decoder: {plugin: dense, hidden: [4]}
        objective: elbo
        parameters: {beta: {values: %s}}
        search: {plugin: grid}
        """
        .formatted(name, betas);
  }

  public static TrialOutcome completed(double loss) {
    return TestWorker.completed(loss);
  }

  public static Evaluation evaluation(double loss) {
    return TestWorker.evaluation(loss);
  }

  public static <T> T done(Future<T> future) {
    return TestWorker.await(future);
  }

  public static void until(Callable<Boolean> condition) {
    await().atMost(20, TimeUnit.SECONDS).pollInterval(20, TimeUnit.MILLISECONDS).until(condition);
  }

  @Override
  public void close() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }
}
