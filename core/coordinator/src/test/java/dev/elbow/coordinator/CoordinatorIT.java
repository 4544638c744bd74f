package dev.elbow.coordinator;

import static dev.elbow.coordinator.TestWorker.await;
import static dev.elbow.coordinator.TestWorker.completed;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.FailureKind;
import dev.elbow.api.TrialId;
import dev.elbow.api.TrialOutcome;
import dev.elbow.api.data.DataFolder;
import dev.elbow.broker.Broker;
import dev.elbow.broker.BrokerSettings;
import dev.elbow.catalog.Catalog;
import dev.elbow.coordinator.TestWorker.Behaviour;
import dev.elbow.coordinator.TestWorker.Taken;
import dev.elbow.coordinator.ledger.TrialState;
import dev.elbow.coordinator.results.Results;
import dev.elbow.coordinator.results.Row;
import dev.elbow.coordinator.sweep.Reading;
import dev.elbow.coordinator.sweep.Sweep;
import dev.elbow.coordinator.sweep.SweepReader;
import dev.elbow.messaging.Candidacy;
import dev.elbow.messaging.Control;
import dev.elbow.messaging.Event;
import dev.elbow.messaging.KafkaSettings;
import dev.elbow.messaging.Messaging;
import dev.elbow.messaging.MetricPoint;
import dev.elbow.messaging.Provisioning;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(90)
class CoordinatorIT {
  private static final List<String> ALL_PLUGINS =
      List.of("dataset/sprites", "encoder/dense", "decoder/dense", "objective/elbo");
  private static final TrialId TRIAL = new TrialId("s", 1);
  private static final AtomicInteger NAMESPACES = new AtomicInteger();

  @TempDir static Path brokerFolder;
  private static Broker broker;
  private static Catalog catalog;

  @TempDir Path results;
  private final List<AutoCloseable> open = new ArrayList<>();
  private Vertx vertx;
  private KafkaSettings kafka;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = Broker.start(BrokerSettings.in(brokerFolder));
    catalog = Catalog.ofClassPath();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void begin() {
    vertx = Vertx.vertx();
    kafka =
        new KafkaSettings(
            broker.bootstrapServers(), "test" + NAMESPACES.incrementAndGet(), Map.of());
  }

  @AfterEach
  void end() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
    await(vertx.close());
  }

  private CoordinatorSettings settings() {
    return new CoordinatorSettings(
        "c",
        kafka,
        1,
        Duration.ofSeconds(30),
        results,
        DataFolder.none(),
        catalog,
        TestWorker.HEARTBEAT,
        Duration.ofSeconds(1),
        3,
        Candidacy.Terms.USUAL,
        Optional.empty(),
        Clock.systemUTC());
  }

  private Coordinator coordinator() {
    return coordinator(settings());
  }

  private Coordinator coordinator(CoordinatorSettings settings) {
    Coordinator coordinator = await(Coordinator.start(vertx, settings));
    open.add(() -> await(coordinator.close()));
    await(coordinator.stand(Optional.empty()));
    return coordinator;
  }

  private TestWorker worker(int slots, Behaviour behaviour) {
    return worker(slots, ALL_PLUGINS, behaviour);
  }

  private TestWorker worker(int slots, List<String> plugins, Behaviour behaviour) {
    TestWorker worker = new TestWorker(vertx, kafka, results, slots, plugins, behaviour);
    open.add(worker);
    return worker;
  }

  private static Sweep sweep(String more) {
    return sweep("s", more);
  }

  private static Sweep sweep(String name, String more) {
    String text =
        """
        dataset: {plugin: sprites, orientations: 1, positionsX: 2, positionsY: 2, validation: 0.2}
        encoder: {plugin: dense, hidden: [4]}
        decoder: {plugin: dense, hidden: [4]}
        objective: elbo
        """;
    Reading reading =
        new SweepReader(catalog, DataFolder.none())
            .read(
                "s.yaml", ("name: " + name + "\n" + text + more).getBytes(StandardCharsets.UTF_8));
    assertEquals("", reading.report());
    return reading.sweep().orElseThrow();
  }

  private static String betas(int count) {
    return "parameters: {beta: {min: 1, max: %d, step: 1}}\n".formatted(count);
  }

  private static Optional<TrialOutcome> loss(Taken taken) {
    return Optional.of(completed(100 + taken.trial().id().number()));
  }

  private static Optional<TrialOutcome> failure(FailureKind kind, String message) {
    return Optional.of(new TrialOutcome.Failed(kind, message, 0.5));
  }

  private Results table() throws IOException {
    return Results.read(results.resolve("s"));
  }

  private static void until(java.util.concurrent.Callable<Boolean> condition) {
    await().atMost(30, TimeUnit.SECONDS).pollInterval(20, TimeUnit.MILLISECONDS).until(condition);
  }

  @Test
  void takesASweepFromItsSubmissionToVerifiedFilesAndATable() throws Exception {
    Coordinator coordinator = coordinator();
    Sweep sweep = sweep(betas(3) + "seeds: [1, 2]\n");
    assertEquals(new Submission.Created("s", 6), await(coordinator.submit(sweep)));
    assertEquals(
        "no worker is connected", coordinator.view("s").orElseThrow().waiting().orElse(""));
    List<TrialView> seen = new CopyOnWriteArrayList<>();
    List<MetricPoint> points = new CopyOnWriteArrayList<>();
    coordinator.observe(observer(seen, points));
    LateWorker worker = new LateWorker();
    worker.worker =
        worker(
            2,
            taken -> {
              worker.measure(taken);
              return loss(taken);
            });
    SweepView view = await(coordinator.finished("s"));
    assertEquals(6, view.count(TrialState.COMPLETED));
    assertEquals(new SweepView.Best(1, 101), view.best().orElseThrow());
    for (int trial = 1; trial <= 6; trial++) {
      Path folder = results.resolve("s/trials/000" + trial);
      assertTrue(Files.isRegularFile(folder.resolve("vae.onnx")), folder.toString());
    }
    until(() -> attempts().isEmpty());
    Results table = table();
    assertEquals(List.of("beta"), table.parameters());
    assertEquals(List.of(1, 2, 3, 4, 5, 6), table.rows().stream().map(Row::trial).toList());
    assertEquals(103, table.rows().get(2).figure("test_loss"));
    assertEquals(Map.of("beta", "2"), table.rows().get(2).parameters());
    assertEquals(3, table.configurations().size());
    assertEquals(Files.readString(results.resolve("s/sweep.yaml")), sweep.text());
    until(() -> points.size() == 6);
    assertEquals(6, seen.stream().filter(t -> t.state() == TrialState.COMPLETED).count());
  }

  /** Lets a behaviour speak through the worker that has it. */
  private static final class LateWorker {
    private volatile TestWorker worker;

    private TestWorker get() {
      await().until(() -> worker != null);
      return worker;
    }

    void measure(Taken taken) {
      get().measure(taken, TestWorker.evaluation(150));
    }
  }

  private static Observer observer(List<TrialView> trials, List<MetricPoint> points) {
    return new Observer() {
      @Override
      public void changed(TrialView trial) {
        trials.add(trial);
      }

      @Override
      public void measured(MetricPoint point) {
        points.add(point);
      }
    };
  }

  private List<String> attempts() throws IOException {
    Path folder = results.resolve("s/.attempts");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> left = Files.list(folder)) {
      return left.map(Path::toString).toList();
    }
  }

  @Test
  void knowsTheSameSweepAgainAndRefusesAnotherOfItsName() {
    Coordinator coordinator = coordinator();
    await(coordinator.submit(sweep(betas(2))));
    assertEquals(
        new Submission.AlreadyThere("s", 2),
        await(coordinator.submit(sweep("# again\n" + betas(2)))));
    Submission other = await(coordinator.submit(sweep(betas(3))));
    assertEquals(
        List.of("parameters.beta.max"),
        assertInstanceOf(Submission.Refused.class, other).differences());
  }

  @Test
  void servesAllSweepsInTurn() throws Exception {
    Coordinator coordinator = coordinator();
    await(coordinator.submit(sweep("long", betas(30))));
    await(coordinator.submit(sweep("short", betas(3))));
    worker(1, CoordinatorIT::loss);
    await(coordinator.finished("short"));
    assertTrue(coordinator.view("long").orElseThrow().count(TrialState.COMPLETED) < 30);
    await(coordinator.finished("long"));
  }

  @Test
  void letsOtherSweepsRestWhereItIsThereForOne() throws Exception {
    Coordinator all = coordinator();
    await(all.submit(sweep("old", betas(3))));
    await(all.close());
    Coordinator one = coordinator(settings().only("new"));
    await(one.submit(sweep("new", betas(3))));
    TestWorker worker = worker(1, CoordinatorIT::loss);
    await(one.finished("new"));
    assertEquals(3, worker.taken.size());
    assertEquals(0, one.view("old").orElseThrow().count(TrialState.COMPLETED));
  }

  @Test
  void doesNotCallASweepDoneWhoseFilesSomebodyRemoved() throws Exception {
    Coordinator coordinator = coordinator();
    await(coordinator.submit(sweep(betas(2))));
    worker(1, CoordinatorIT::loss);
    await(coordinator.finished("s"));
    Path trial = results.resolve("s/trials/0002");
    Files.move(trial, results.resolve("elsewhere"));
    CompletionException e =
        assertThrows(CompletionException.class, () -> await(coordinator.submit(sweep(betas(2)))));
    assertTrue(e.getCause().getMessage().contains("s/0002"), e.getCause().getMessage());
    Files.move(results.resolve("elsewhere"), trial);
    assertEquals(new Submission.AlreadyThere("s", 2), await(coordinator.submit(sweep(betas(2)))));
  }

  @Test
  void queuesATrialAgainWhoseWorkerFellSilentAndIgnoresWhatThatOneSaysLater() throws Exception {
    Coordinator coordinator = coordinator();
    await(coordinator.submit(sweep("")));
    TestWorker lost = worker(1, taken -> Optional.empty());
    until(() -> lost.taken.size() == 1);
    lost.fallSilent();
    TestWorker other = worker(1, CoordinatorIT::loss);
    await(coordinator.finished("s"));
    assertEquals(2, other.taken.get(0).attempt());
    Taken first = lost.taken.get(0);
    until(() -> lost.told.contains(new Control.Lost(first.trial().id(), first.execution())));
    lost.end(first, completed(1));
    Row row = table().rows().get(0);
    assertEquals(2, row.attempts());
    assertEquals(101, row.figure("test_loss"));
    String owner = Files.readString(results.resolve("s/trials/0001/trial.json"));
    assertEquals(other.taken.get(0).execution(), owner);
  }

  @Test
  void givesUpATrialWhoseWorkersFallSilentTooOften() throws Exception {
    Coordinator coordinator = coordinator();
    await(coordinator.submit(sweep("")));
    List<TestWorker> lost = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      TestWorker worker = worker(1, taken -> Optional.empty());
      lost.add(worker);
      until(() -> worker.taken.size() == 1);
      worker.fallSilent();
    }
    SweepView view = await(coordinator.finished("s"));
    assertEquals(1, view.count(TrialState.FAILED));
    Row row = table().rows().get(0);
    assertEquals("WORKER_LOST", row.failure());
    assertTrue(row.message().contains("was silent for 1 s, in attempt 3 of 3"), row.message());
  }

  @Test
  void letsTheLaterOfTwoStartsOwnATrialAndTellsTheFirst() throws Exception {
    Coordinator coordinator = coordinator();
    await(coordinator.submit(sweep("")));
    TestWorker worker = worker(2, taken -> Optional.empty());
    until(() -> worker.taken.size() == 1);
    worker.sendAgain(worker.taken.get(0));
    until(() -> worker.taken.size() == 2);
    Taken first = worker.taken.get(0);
    Taken second = worker.taken.get(1);
    until(() -> worker.told.contains(new Control.Lost(first.trial().id(), first.execution())));
    worker.end(first, completed(1));
    worker.end(second, completed(2));
    await(coordinator.finished("s"));
    assertEquals(second.execution(), Files.readString(results.resolve("s/trials/0001/trial.json")));
    assertEquals(2, table().rows().get(0).figure("test_loss"));
  }

  @Test
  void goesOnAfterARestartWithoutRunningAnythingTwice() throws Exception {
    Coordinator before = coordinator();
    await(before.submit(sweep(betas(8))));
    Set<Integer> held = java.util.concurrent.ConcurrentHashMap.newKeySet();
    LateWorker worker = new LateWorker();
    worker.worker =
        worker(
            1,
            taken -> {
              boolean hold = taken.trial().id().number() == 3;
              return hold && held.add(3) ? Optional.empty() : loss(taken);
            });
    until(() -> held.contains(3));
    await(before.close());
    Coordinator after = coordinator();
    assertEquals(List.of("s"), after.sweeps());
    until(() -> after.view("s").orElseThrow().count(TrialState.COMPLETED) == 2);
    assertEquals(new Submission.AlreadyThere("s", 8), await(after.submit(sweep(betas(8)))));
    worker.worker.end(worker.worker.taken.get(2), completed(103));
    TestWorker second = worker(1, CoordinatorIT::loss);
    await(after.finished("s"));
    assertEquals(8, table().rows().size());
    assertTrue(table().rows().stream().allMatch(row -> row.attempts() == 1));
    assertEquals(8, worker.worker.taken.size() + second.taken.size());
  }

  @Test
  void sendsWhatWasDecidedBeforeACrashAndNeverSent() throws Exception {
    write(List.of(leader(), submitted(sweep("")), queued()));
    Coordinator coordinator = coordinator();
    worker(1, CoordinatorIT::loss);
    await(coordinator.finished("s"));
    assertEquals(1, table().rows().get(0).attempts());
  }

  @Test
  void tellsThatASweepOfTheLogCannotGoOnWithoutItsPlugins() throws Exception {
    Event.SweepSubmitted known = submitted(sweep(""));
    String document = known.document().replace("\"dense\"", "\"gone\"");
    write(List.of(leader(), new Event.SweepSubmitted(1, "s", document, "ab", Instant.now())));
    Coordinator coordinator = coordinator();
    CompletionException e =
        assertThrows(CompletionException.class, () -> await(coordinator.submit(sweep(""))));
    assertTrue(e.getMessage().contains("'gone' is an unknown encoder"), e.getMessage());
  }

  private void write(List<Event> log) {
    Provisioning.ensure(kafka, 1, Duration.ofSeconds(30));
    Messaging messaging = Messaging.open(vertx, kafka);
    log.forEach(event -> await(messaging.events().publish(event)));
    await(messaging.close());
  }

  private static Event leader() {
    return new Event.Leader(1, "dead", Optional.empty(), Instant.now());
  }

  private static Event.SweepSubmitted submitted(Sweep sweep) {
    return new Event.SweepSubmitted(1, "s", sweep.document(), sweep.dataSha256(), Instant.now());
  }

  private static Event queued() {
    return new Event.Queued(1, TRIAL, 1, Optional.empty(), Instant.now());
  }

  @Test
  void commitsWhatWasMovedBeforeACrashAndNotYetCommitted() throws Exception {
    Sweep sweep = sweep("");
    Instant now = Instant.now();
    write(
        List.of(
            leader(),
            submitted(sweep),
            queued(),
            new Event.Started(TRIAL, 1, "e", "w", 0, now),
            new Event.Ended(
                TRIAL,
                1,
                "e",
                "w",
                completed(90),
                "s/.attempts/0001/e",
                Map.of("vae.onnx", "0"),
                now)));
    Path moved = Files.createDirectories(results.resolve("s/trials/0001"));
    Files.writeString(moved.resolve("vae.onnx"), "model");
    Files.createDirectories(results.resolve("s/.attempts/0001/other"));
    Coordinator coordinator = coordinator();
    SweepView view = await(coordinator.finished("s"));
    assertEquals(1, view.count(TrialState.COMPLETED));
    assertEquals(90, table().rows().get(0).figure("test_loss"));
    assertEquals(List.of(), attempts());
    assertEquals("model", Files.readString(moved.resolve("vae.onnx")));
    Reading again =
        new SweepReader(catalog, DataFolder.none()).read(results.resolve("s/sweep.yaml"));
    assertEquals(List.of(), again.sweep().orElseThrow().differences(sweep));
  }

  @Test
  void completesNoTrialBeforeItIsInTheTable() throws Exception {
    Coordinator coordinator = coordinator();
    List<Integer> completed = new CopyOnWriteArrayList<>();
    List<Integer> missing = new CopyOnWriteArrayList<>();
    coordinator.observe(
        new Observer() {
          @Override
          public void changed(TrialView trial) {
            int number = trial.id().number();
            if (trial.state() == TrialState.COMPLETED) {
              (inTable(number) ? completed : missing).add(number);
            }
          }
        });
    await(coordinator.submit(sweep(betas(40))));
    worker(2, CoordinatorIT::loss);
    await(coordinator.finished("s"));
    assertEquals(List.of(), missing);
    assertEquals(40, completed.size());
  }

  private boolean inTable(int trial) {
    try {
      return table().rows().stream().anyMatch(row -> row.trial() == trial);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void commitsOtherTrialsThoughTheFilesOfOneCannotBeMoved() throws Exception {
    Coordinator coordinator = coordinator();
    await(coordinator.submit(sweep(betas(3))));
    Path inTheWay = Files.writeString(results.resolve("s/trials/0001"), "no folder");
    worker(1, CoordinatorIT::loss);
    until(() -> coordinator.view("s").orElseThrow().count(TrialState.COMPLETED) == 2);
    assertEquals(List.of(2, 3), table().rows().stream().map(Row::trial).toList());
    assertEquals("no folder", Files.readString(inTheWay));
    Files.delete(inTheWay);
    assertEquals(3, await(coordinator.finished("s")).count(TrialState.COMPLETED));
    assertTrue(Files.isRegularFile(results.resolve("s/trials/0001/vae.onnx")));
  }

  @Test
  void failsATrialWhoseFilesAreNowhere() throws Exception {
    // Lost files are tried again like any trouble of the infrastructure; here there is one attempt.
    Coordinator coordinator =
        coordinator(settings().with(TestWorker.HEARTBEAT, Duration.ofSeconds(1), 1));
    await(coordinator.submit(sweep("")));
    LateWorker worker = new LateWorker();
    worker.worker = worker(1, taken -> Optional.empty());
    until(() -> worker.worker.taken.size() == 1);
    Taken taken = worker.worker.taken.get(0);
    worker.worker.say(
        new Event.Ended(
            taken.trial().id(),
            1,
            taken.execution(),
            worker.worker.name,
            completed(1),
            taken.folder(),
            Map.of("vae.onnx", "0"),
            Instant.now()));
    await(coordinator.finished("s"));
    Row row = table().rows().get(0);
    assertEquals("INFRASTRUCTURE", row.failure());
    assertTrue(row.message().contains("lacks vae.onnx"), row.message());
  }

  @Test
  void triesAgainWhatMayDoBetterAndFailsTheRestAtOnce() throws Exception {
    Coordinator coordinator = coordinator();
    await(coordinator.submit(sweep(betas(3))));
    worker(
        2,
        taken ->
            switch (taken.trial().id().number()) {
              case 1 -> failure(FailureKind.DIVERGED, "loss is NaN in epoch 1, step 7");
              case 2 ->
                  taken.attempt() < 3
                      ? failure(FailureKind.INFRASTRUCTURE, "disk, \"full\"")
                      : loss(taken);
              default -> failure(FailureKind.INFRASTRUCTURE, "no disk");
            });
    SweepView view = await(coordinator.finished("s"));
    assertEquals(1, view.count(TrialState.COMPLETED));
    assertEquals(2, view.count(TrialState.FAILED));
    List<Row> rows = table().rows();
    assertEquals("DIVERGED", rows.get(0).failure());
    assertEquals(1, rows.get(0).attempts());
    assertEquals("completed", rows.get(1).state());
    assertEquals(3, rows.get(1).attempts());
    assertEquals("no disk", rows.get(2).message());
    assertEquals(3, rows.get(2).attempts());
  }

  @Test
  void tellsWhatWorkersLackAndGivesTrialsToThoseThatDoNot() {
    Coordinator coordinator = coordinator();
    await(coordinator.submit(sweep("")));
    TestWorker poor = worker(1, List.of("dataset/sprites", "objective/elbo"), CoordinatorIT::loss);
    until(
        () ->
            coordinator
                .view("s")
                .orElseThrow()
                .waiting()
                .orElse("")
                .equals(
                    "worker " + poor.name + ": lacks the plugins encoder/dense, decoder/dense"));
    TestWorker able = worker(1, CoordinatorIT::loss);
    assertEquals(1, await(coordinator.finished("s")).count(TrialState.COMPLETED));
    assertFalse(able.taken.isEmpty() && poor.taken.isEmpty());
  }

  @Test
  void queuesAgainWithoutUsingAnAttemptWhatAWorkerDeclinesOrGivesBack() throws Exception {
    Coordinator coordinator = coordinator();
    await(coordinator.submit(sweep("")));
    LateWorker worker = new LateWorker();
    AtomicInteger times = new AtomicInteger();
    worker.worker =
        worker(
            1,
            taken -> {
              if (times.getAndIncrement() == 0) {
                worker.get().handBack(taken);
                return Optional.empty();
              }
              return loss(taken);
            });
    await(coordinator.finished("s"));
    assertEquals(2, times.get());
    assertEquals(1, table().rows().get(0).attempts());
  }

  @Test
  void cancelsPausesResumesAndRetries() throws Exception {
    Coordinator coordinator = coordinator();
    await(coordinator.submit(sweep(betas(40))));
    await(coordinator.pause("s"));
    TestWorker worker =
        worker(1, taken -> taken.trial().id().number() < 3 ? loss(taken) : Optional.empty());
    until(() -> coordinator.view("s").orElseThrow().waiting().isEmpty());
    await(coordinator.resume("s"));
    until(() -> worker.taken.size() == 3);
    await(coordinator.cancel("s"));
    SweepView view = await(coordinator.finished("s"));
    assertEquals(2, view.count(TrialState.COMPLETED));
    assertEquals(38, view.count(TrialState.CANCELLED));
    Taken stopped = worker.taken.get(2);
    until(
        () ->
            worker.told.stream()
                .anyMatch(
                    w ->
                        w instanceof Control.Stop stop
                            && stop.trial().equals(stopped.trial().id())));
    until(() -> table().rows().stream().anyMatch(row -> row.state().equals("cancelled")));
    worker.fallSilent();
    worker(2, CoordinatorIT::loss);
    await(coordinator.retry("s"));
    assertEquals(40, await(coordinator.finished("s")).count(TrialState.COMPLETED));
    until(() -> table().rows().size() == 40);
  }

  @Test
  void namesASweepThatIsNotThere() {
    Coordinator coordinator = coordinator();
    assertTrue(coordinator.view("none").isEmpty());
    CompletionException e =
        assertThrows(CompletionException.class, () -> await(coordinator.finished("none")));
    assertEquals("there is no sweep 'none'", e.getCause().getMessage());
  }

  @Test
  void costsLittleBeyondTheTrialsThemselves() throws Exception {
    Coordinator coordinator = coordinator();
    List<Long> times = new CopyOnWriteArrayList<>();
    worker(
        2,
        taken -> {
          times.add(System.nanoTime());
          return loss(taken);
        });
    await(coordinator.submit(sweep(betas(300))));
    await(coordinator.finished("s"));
    double perTrial = (times.get(299) - times.get(99)) / 1e6 / 200 * 2;
    assertTrue(perTrial < 150, "a slot spends %.1f ms a trial".formatted(perTrial));
  }
}
