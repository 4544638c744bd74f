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
import dev.elbow.api.Trial;
import dev.elbow.api.TrialId;
import dev.elbow.api.TrialOutcome;
import dev.elbow.api.data.DataFolder;
import dev.elbow.broker.Broker;
import dev.elbow.broker.BrokerSettings;
import dev.elbow.catalog.Catalog;
import dev.elbow.coordinator.TestWorker.Behaviour;
import dev.elbow.coordinator.TestWorker.Taken;
import dev.elbow.coordinator.client.ElbowClient;
import dev.elbow.coordinator.http.HttpApi;
import dev.elbow.coordinator.http.HttpSettings;
import dev.elbow.coordinator.ledger.TrialState;
import dev.elbow.coordinator.results.Results;
import dev.elbow.coordinator.sweep.Sweep;
import dev.elbow.coordinator.sweep.SweepReader;
import dev.elbow.messaging.Candidacy;
import dev.elbow.messaging.Delivery;
import dev.elbow.messaging.Event;
import dev.elbow.messaging.KafkaSettings;
import dev.elbow.messaging.Messaging;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several coordinators on one log. */
@Timeout(90)
class TakeOverIT {
  private static final List<String> PLUGINS =
      List.of("dataset/sprites", "encoder/dense", "decoder/dense", "objective/elbo");
  private static final TrialId FIRST = new TrialId("s", 1);
  private static final AtomicInteger NAMESPACES = new AtomicInteger();

  @TempDir static Path brokerFolder;
  private static Broker broker;
  private static Catalog catalog;

  @TempDir Path results;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private Vertx vertx;
  private KafkaSettings kafka;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = Broker.start(brokerSettings(brokerFolder).build());
    catalog = Catalog.ofClassPath();
  }

  private static BrokerSettings.Builder brokerSettings(Path folder) {
    return BrokerSettings.builder(folder).property("group.min.session.timeout.ms", "500");
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void begin() {
    vertx = Vertx.vertx();
    open.push(() -> await(vertx.close()));
    kafka = on(broker);
  }

  private static KafkaSettings on(Broker broker) {
    String namespace = "takeover" + NAMESPACES.incrementAndGet();
    return new KafkaSettings(broker.bootstrapServers(), namespace, Map.of());
  }

  @AfterEach
  void end() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  /** A coordinator with an event loop of its own, as a process has one. */
  private final class Member implements AutoCloseable {
    final Vertx loop =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setBlockedThreadCheckInterval(Duration.ofHours(1).toMillis()));
    final CountDownLatch hang = new CountDownLatch(1);
    final Coordinator coordinator;
    final URI url;

    Member(String name, Duration session) {
      PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
      coordinator = await(Coordinator.start(loop, settings(name, session), metrics));
      open.push(this);
      HttpApi http = await(HttpApi.start(loop, coordinator, HttpSettings.on(0, metrics)));
      url = URI.create("http://127.0.0.1:" + http.port());
      await(coordinator.stand(Optional.of(url)));
    }

    boolean leads() {
      return await(coordinator.readiness()).isActive();
    }

    /** Does nothing any more until it is let go, as a process that was stopped. */
    void hang() {
      loop.runOnContext(now -> awaitQuietly(hang));
    }

    SweepView view() {
      return coordinator.view("s").orElseThrow();
    }

    @Override
    public void close() {
      hang.countDown();
      await(coordinator.close());
      await(loop.close());
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private CoordinatorSettings settings(String name, Duration session) {
    return new CoordinatorSettings(
        name,
        kafka,
        1,
        Duration.ofSeconds(30),
        results,
        DataFolder.none(),
        catalog,
        TestWorker.HEARTBEAT,
        Duration.ofSeconds(1),
        3,
        new Candidacy.Terms(session, Optional.empty()),
        Optional.empty(),
        Clock.systemUTC());
  }

  private Member member(String name) {
    return new Member(name, Duration.ofSeconds(2));
  }

  /** One that nobody takes for dead. */
  private Member lasting(String name) {
    return new Member(name, Duration.ofSeconds(20));
  }

  private TestWorker worker(int slots, Behaviour behaviour) {
    TestWorker worker = new TestWorker(vertx, kafka, results, slots, PLUGINS, behaviour);
    open.push(worker);
    return worker;
  }

  private static Optional<TrialOutcome> loss(Taken taken) {
    return Optional.of(completed(100 + taken.trial().id().number()));
  }

  private static Sweep sweep(String name, int trials) {
    byte[] text = TestSystem.sweep(name, trials).getBytes(StandardCharsets.UTF_8);
    return new SweepReader(catalog, DataFolder.none()).read(name, text).sweep().orElseThrow();
  }

  private static void until(Callable<Boolean> condition) {
    await().atMost(30, TimeUnit.SECONDS).pollInterval(10, TimeUnit.MILLISECONDS).until(condition);
  }

  private List<Event> log() {
    List<Event> events = new CopyOnWriteArrayList<>();
    Messaging messaging = Messaging.open(vertx, kafka);
    var reading =
        messaging
            .events()
            .subscribe(delivery -> events.add(((Delivery.Message<Event>) delivery).value()));
    await(reading.caughtUp());
    await(reading.close());
    await(messaging.close());
    return events;
  }

  private void write(Event event) {
    Messaging messaging = Messaging.open(vertx, kafka);
    await(messaging.events().publish(event));
    await(messaging.close());
  }

  /** No trial was queued twice by decisions that count. */
  private void assertEachQueuedOnce(int trials) {
    long epoch = 0;
    int queued = 0;
    for (Event event : log()) {
      if (event instanceof Event.Leader leader) {
        epoch = Math.max(epoch, leader.epoch());
      } else if (event instanceof Event.Queued decision && decision.epoch() == epoch) {
        queued++;
      }
    }
    assertEquals(trials, queued);
  }

  @Test
  void theOtherGoesOnAtOnceWhenTheActiveOneCloses() throws Exception {
    Member first = lasting("first");
    Member second = lasting("second");
    assertTrue(first.leads());
    assertFalse(second.leads());
    await(first.coordinator.submit(sweep("s", 30)));
    TestWorker worker = worker(2, TakeOverIT::loss);
    until(() -> worker.taken.size() >= 10);
    await(first.coordinator.close());
    await(second.coordinator.finished("s"));
    assertTrue(second.leads());
    assertEquals(30, worker.taken.size());
    assertEquals(30, Results.read(results.resolve("s")).rows().size());
    assertEachQueuedOnce(30);
  }

  @Test
  void theOtherGoesOnWhenTheActiveOneHangsAndThatOneStandsByWhenItIsBack() throws Exception {
    Member first = member("first");
    Member second = member("second");
    await(first.coordinator.submit(sweep("s", 30)));
    TestWorker worker =
        worker(1, taken -> taken.trial().id().number() == 5 ? Optional.empty() : loss(taken));
    until(() -> worker.taken.size() == 5);
    first.hang();
    until(second::leads);
    worker.end(worker.taken.get(4), completed(105));
    // What somebody asked of it while it hung, it writes with its old epoch.
    CompletableFuture<Void> late =
        first.coordinator.pause("s").toCompletionStage().toCompletableFuture();
    first.hang.countDown();
    NotActiveException refused = notActive(late);
    assertTrue(refused.getMessage().contains("second"), refused.getMessage());
    assertFalse(second.view().paused());
    until(() -> !first.leads());
    await(second.coordinator.finished("s"));
    await(first.coordinator.finished("s"));
    assertEquals(30, first.view().count(TrialState.COMPLETED));
    assertEquals(30, worker.taken.size());
    assertEachQueuedOnce(30);
    assertTrue(second.leads());
  }

  private static NotActiveException notActive(CompletableFuture<?> future) {
    CompletionException e = assertThrows(CompletionException.class, future::join);
    return assertInstanceOf(NotActiveException.class, e.getCause());
  }

  @Test
  void leadsAgainWithNothingLeftOverFromBefore() throws Exception {
    Member first = member("first");
    await(first.coordinator.submit(sweep("s", 12)));
    TestWorker worker = worker(1, taken -> Optional.empty());
    until(() -> worker.taken.size() == 1);
    write(new Event.Leader(7, "ghost", Optional.empty(), Instant.now()));
    until(() -> !first.leads());
    worker.end(worker.taken.get(0), completed(1));
    until(first::leads);
    for (int i = 1; i < 12; i++) {
      int next = i;
      until(() -> worker.taken.size() > next);
      worker.end(worker.taken.get(i), completed(i));
    }
    assertEquals(12, await(first.coordinator.finished("s")).count(TrialState.COMPLETED));
    assertEquals(12, worker.taken.size());
  }

  @Test
  void sendsWhatItsPredecessorHadDecidedAndNotSent() throws Exception {
    Member first = member("first");
    Member second = member("second");
    await(first.coordinator.submit(sweep("s", 1)));
    until(() -> second.coordinator.view("s").isPresent());
    first.hang();
    write(new Event.Queued(1, FIRST, 1, Optional.empty(), Instant.now()));
    until(second::leads);
    TestWorker worker = worker(1, TakeOverIT::loss);
    await(second.coordinator.finished("s"));
    assertEquals(1, worker.taken.get(0).attempt());
  }

  @Test
  void ignoresWhatAPredecessorStillDecides() throws Exception {
    Member first = lasting("first");
    await(first.coordinator.submit(sweep("s", 1)));
    await(first.coordinator.close());
    Member second = lasting("second");
    write(new Event.Queued(1, FIRST, 1, Optional.empty(), Instant.now()));
    write(new Event.Commanded(1, "s", Optional.empty(), Event.Command.CANCEL, "x", Instant.now()));
    Files.writeString(results.resolve("s/results.csv"), "of before");
    write(new Event.Committed(1, FIRST, 1, Instant.now()));
    until(() -> Files.readString(results.resolve("s/results.csv")).startsWith("trial,state"));
    await(second.coordinator.pause("s"));
    assertEquals(1, second.view().count(TrialState.QUEUED));
    assertEquals(0, await(second.coordinator.trials("s")).size());
  }

  @Test
  void givesEveryoneAFreshLeaseAfterATakeOver() throws Exception {
    Member first = member("first");
    Member second = member("second");
    await(first.coordinator.submit(sweep("s", 1)));
    TestWorker worker = worker(1, taken -> Optional.empty());
    until(() -> worker.taken.size() == 1 && second.view().count(TrialState.RUNNING) == 1);
    first.hang();
    until(second::leads);
    worker.end(worker.taken.get(0), completed(1));
    await(second.coordinator.finished("s"));
    assertEquals(1, worker.taken.size());
  }

  @Test
  void oneThatStandsByAnswersWhatIsAskedAndNamesTheActiveOneToThoseWhoCommand() throws Exception {
    Member first = lasting("first");
    Member second = lasting("second");
    await(first.coordinator.submit(sweep("s", 2)));
    TestWorker worker = worker(1, taken -> Optional.empty());
    until(() -> worker.taken.size() == 1);
    List<Double> losses = new CopyOnWriteArrayList<>();
    second.coordinator.observe(
        new Observer() {
          @Override
          public void measured(dev.elbow.messaging.MetricPoint point, Trial trial) {
            losses.add(point.evaluation().test().loss());
          }
        });
    worker.measure(worker.taken.get(0), TestWorker.evaluation(123));
    until(() -> losses.equals(List.of(123.0)));
    worker.end(worker.taken.get(0), completed(101));
    until(() -> second.view().count(TrialState.COMPLETED) == 1);
    assertEquals(TrialState.COMPLETED, await(second.coordinator.trial(FIRST)).state());
    assertEquals(101, await(second.coordinator.results("s")).rows().get(0).figure("test_loss"));
    assertEquals(1, await(second.coordinator.workers()).size());
    NotActiveException refused =
        notActive(second.coordinator.cancel("s").toCompletionStage().toCompletableFuture());
    assertEquals(first.url.toString(), refused.address());
    notActive(second.coordinator.submit(sweep("t", 1)).toCompletionStage().toCompletableFuture());
    notActive(second.coordinator.submit(sweep("s", 2)).toCompletionStage().toCompletableFuture());
  }

  @Test
  void whoeverAsksOneThatStandsByIsLedToTheActiveOne() throws Exception {
    Member first = lasting("first");
    Member second = lasting("second");
    ElbowClient client = ElbowClient.at(List.of(nobody(), second.url));
    byte[] text = TestSystem.sweep("s", 2).getBytes(StandardCharsets.UTF_8);
    assertTrue(client.submit(text, ElbowClient.Format.YAML).created());
    assertTrue(client.pause("s").paused());
    until(() -> second.view().paused());
    HttpResponse<String> plain =
        ask(second.url, "/api/sweeps/s/resume", BodyPublishers.ofString("{}"));
    assertEquals(503, plain.statusCode());
    String name = await(first.coordinator.readiness()).leader();
    assertTrue(plain.body().contains("\"active\":\"" + name + "\""), plain.body());
    assertTrue(plain.body().contains("\"active_url\":\"" + first.url + "\""), plain.body());
    HttpResponse<String> ready = ask(second.url, "/health/ready", null);
    assertEquals(200, ready.statusCode());
    assertEquals(
        "{\"status\":\"ready\",\"role\":\"standby\",\"leader\":\"%s\",\"leader_url\":\"%s\"}"
            .formatted(name, first.url),
        ready.body());
  }

  private static URI nobody() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
  }

  private static HttpResponse<String> ask(URI url, String path, BodyPublisher body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url.resolve(path)).header("Content-Type", "application/json");
    return HttpClient.newHttpClient()
        .send((body == null ? request : request.POST(body)).build(), BodyHandlers.ofString());
  }

  @Test
  void onlyTheActiveOneCountsTrials() throws Exception {
    Member first = lasting("first");
    Member second = lasting("second");
    await(first.coordinator.submit(sweep("s", 4)));
    worker(
        2,
        taken ->
            switch (taken.trial().id().number()) {
              case 1 -> taken.attempt() == 1 ? trouble() : loss(taken);
              case 4 -> Optional.empty();
              default -> loss(taken);
            });
    until(() -> first.view().count(TrialState.COMPLETED) == 3);
    until(() -> first.view().count(TrialState.RUNNING) == 1);
    await(first.coordinator.cancel("s"));
    String active = ask(first.url, "/metrics", null).body();
    for (String line :
        List.of(
            "elbow_trials{state=\"completed\"} 3.0",
            "elbow_trials{state=\"running\"} 0.0",
            "elbow_trials_ended_total{outcome=\"completed\"} 3.0",
            "elbow_trials_ended_total{outcome=\"cancelled\"} 1.0",
            "elbow_trial_retries_total{reason=\"infrastructure\"} 1.0",
            "elbow_trial_retries_total{reason=\"worker_lost\"} 0.0",
            "elbow_queue_wait_seconds_count 5",
            "elbow_oldest_queued_trial_age_seconds ",
            "elbow_events_total ")) {
      assertTrue(active.contains(line), () -> line + " is not in\n" + active);
    }
    String standby = ask(second.url, "/metrics", null).body();
    assertFalse(standby.contains("elbow_trials{"), standby);
    assertTrue(standby.contains("elbow_events_total 0.0"), standby);
    await(first.coordinator.close());
    until(() -> ask(second.url, "/metrics", null).body().contains("elbow_trials{state="));
  }

  private static Optional<TrialOutcome> trouble() {
    return Optional.of(new TrialOutcome.Failed(FailureKind.INFRASTRUCTURE, "no disk", 1));
  }

  @Test
  void aCommandWaitsForTheElectionOfTheNext() throws Exception {
    Member first = member("first");
    Member second = member("second");
    await(first.coordinator.submit(sweep("s", 2)));
    await(first.coordinator.close());
    assertTrue(ElbowClient.at(second.url).pause("s").paused());
    assertTrue(second.leads());
  }

  @Test
  void saysThatTheResultsFolderCannotBeWritten() throws Exception {
    Member only = lasting("only");
    assertEquals(List.of(), problems(only));
    Files.move(results, results.resolveSibling("gone"));
    try {
      until(() -> !problems(only).isEmpty());
      assertTrue(problems(only).get(0).contains("cannot be written"), problems(only).get(0));
      assertEquals(503, ask(only.url, "/health/ready", null).statusCode());
      assertEquals(200, ask(only.url, "/health/live", null).statusCode());
    } finally {
      Files.move(results.resolveSibling("gone"), results);
    }
    until(() -> problems(only).isEmpty());
  }

  @Test
  void goesOnByItselfWhenKafkaIsBack(@TempDir Path folder) throws Exception {
    Broker before = Broker.start(brokerSettings(folder).build());
    kafka = on(before);
    Member only = member("only");
    await(only.coordinator.submit(sweep("s", 3)));
    TestWorker worker =
        worker(1, taken -> taken.trial().id().number() == 1 ? Optional.empty() : loss(taken));
    until(() -> worker.taken.size() == 1);
    before.close();
    until(() -> !problems(only).isEmpty());
    assertTrue(problems(only).get(0).startsWith("Kafka is not heard"), problems(only).get(0));
    int port = URI.create("kafka://" + before.bootstrapServers()).getPort();
    Broker after = Broker.start(brokerSettings(folder).port(port).build());
    until(() -> problems(only).isEmpty());
    worker.end(worker.taken.get(0), completed(1));
    await(only.coordinator.finished("s"));
    assertEquals(3, worker.taken.size());
    end();
    after.close();
  }

  private static List<String> problems(Member member) {
    return await(member.coordinator.readiness()).problems();
  }
}
