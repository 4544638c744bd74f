package dev.elbow.coordinator;

import static dev.elbow.coordinator.TestWorker.await;
import static dev.elbow.coordinator.TestWorker.completed;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.elbow.api.TrialId;
import dev.elbow.api.TrialOutcome;
import dev.elbow.api.data.DataFolder;
import dev.elbow.broker.Broker;
import dev.elbow.coordinator.TestWorker.Behaviour;
import dev.elbow.coordinator.TestWorker.Taken;
import dev.elbow.coordinator.http.HttpApi;
import dev.elbow.coordinator.http.HttpSettings;
import dev.elbow.coordinator.sweep.Sweep;
import dev.elbow.coordinator.sweep.SweepReader;
import dev.elbow.messaging.Candidacy;
import dev.elbow.messaging.Delivery;
import dev.elbow.messaging.Event;
import dev.elbow.messaging.KafkaSettings;
import dev.elbow.messaging.Messaging;
import dev.elbow.testkit.SharedBroker;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Several coordinators on one log, each with an event loop of its own. */
@Timeout(90)
@ExtendWith(SharedBroker.class)
@Execution(ExecutionMode.CONCURRENT)
abstract class ElectionFixture {
  private static final List<String> PLUGINS =
      List.of("dataset/sprites", "encoder/dense", "decoder/dense", "objective/elbo");
  static final TrialId FIRST = new TrialId("s", 1);
  private static final Duration LEASE = Duration.ofSeconds(1);
  private static final AtomicInteger NAMESPACES = new AtomicInteger();

  @TempDir Path results;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  Vertx vertx;
  KafkaSettings kafka;

  @BeforeEach
  final void begin(Broker broker) {
    vertx = Vertx.vertx();
    open.push(() -> await(vertx.close()));
    kafka = on(broker);
  }

  static KafkaSettings on(Broker broker) {
    String namespace = "takeover" + NAMESPACES.incrementAndGet();
    return new KafkaSettings(broker.bootstrapServers(), namespace, Map.of());
  }

  @AfterEach
  void end() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  /**
   * A coordinator with an event loop of its own, as a process has one. Kafka knows its clients by
   * its name.
   */
  final class Member implements AutoCloseable {
    final Vertx loop =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setBlockedThreadCheckInterval(Duration.ofHours(1).toMillis()));
    final CountDownLatch hang = new CountDownLatch(1);
    final Coordinator coordinator;
    final URI url;

    Member(String name, Duration session, Duration lease) {
      PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
      coordinator = await(Coordinator.start(loop, settings(name, session, lease), metrics));
      own(this);
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

  private CoordinatorSettings settings(String name, Duration session, Duration lease) {
    return new CoordinatorSettings(
        name,
        new KafkaSettings(kafka.bootstrapServers(), kafka.namespace(), Map.of("client.id", name)),
        1,
        Duration.ofSeconds(30),
        results,
        DataFolder.none(),
        TestSystem.CATALOG,
        TestWorker.HEARTBEAT,
        lease,
        3,
        new Candidacy.Terms(session, Optional.empty()),
        Optional.empty(),
        Clock.systemUTC());
  }

  Member member(String name) {
    return new Member(name, Duration.ofSeconds(2), LEASE);
  }

  /** One that nobody takes for dead. */
  Member lasting(String name) {
    return new Member(name, Duration.ofSeconds(20), LEASE);
  }

  /** One for whom nothing follows from time. */
  Member patient(String name) {
    return new Member(name, Duration.ofSeconds(2), Duration.ofHours(1));
  }

  TestWorker worker(int slots, Behaviour behaviour) {
    return own(new TestWorker(vertx, kafka, results, slots, PLUGINS, behaviour));
  }

  /** To be closed before everything that was opened earlier. */
  <T extends AutoCloseable> T own(T part) {
    open.push(part);
    return part;
  }

  static Optional<TrialOutcome> loss(Taken taken) {
    return Optional.of(completed(100 + taken.trial().id().number()));
  }

  static Sweep sweep(String name, int trials) {
    byte[] text = TestSystem.sweep(name, trials).getBytes(StandardCharsets.UTF_8);
    return new SweepReader(TestSystem.CATALOG, DataFolder.none())
        .read(name, text)
        .sweep()
        .orElseThrow();
  }

  static void until(Callable<Boolean> condition) {
    await().atMost(30, TimeUnit.SECONDS).pollInterval(10, TimeUnit.MILLISECONDS).until(condition);
  }

  List<Event> log() {
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

  void write(Event event) {
    Messaging messaging = Messaging.open(vertx, kafka);
    await(messaging.events().publish(event));
    await(messaging.close());
  }

  /** No trial was queued twice by decisions that count. */
  void assertEachQueuedOnce(int trials) {
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

  static List<String> problems(Member member) {
    return await(member.coordinator.readiness()).problems();
  }
}
