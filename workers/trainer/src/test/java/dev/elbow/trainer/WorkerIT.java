package dev.elbow.trainer;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.FailureKind;
import dev.elbow.api.TrialId;
import dev.elbow.api.TrialOutcome;
import dev.elbow.api.data.DataFolder;
import dev.elbow.broker.Broker;
import dev.elbow.broker.BrokerSettings;
import dev.elbow.catalog.Catalog;
import dev.elbow.messaging.Control;
import dev.elbow.messaging.Event;
import dev.elbow.messaging.Heartbeat;
import dev.elbow.messaging.KafkaSettings;
import dev.elbow.messaging.Messaging;
import dev.elbow.messaging.Provisioning;
import dev.elbow.messaging.QueuedTrial;
import dev.elbow.messaging.TrialQueueConsumer;
import dev.elbow.testkit.Relay;
import dev.elbow.trainer.libtorch.LibtorchEngine;
import example.tiny.Squares;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(180)
class WorkerIT {
  private static final Map<String, Object> SHORT = Map.of("epochs", 2);
  private static final Map<String, Object> ENDLESS = Map.of("epochs", 1_000_000);

  @TempDir private static Path brokerFolder;
  private static Broker broker;
  private static Relay relay;
  private static Vertx vertx;
  private static Catalog catalog;

  @TempDir private Path results;
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private KafkaSettings kafka;
  private Messaging messaging;
  private Duration checkpoint = WorkerSettings.CHECKPOINT;
  private Duration closing = Duration.ofSeconds(20);
  private Log log;

  @BeforeAll
  static void startBroker() throws Exception {
    relay = Relay.open();
    String reached = "CLIENTS://127.0.0.1:" + relay.port();
    broker =
        Broker.start(
            BrokerSettings.builder(brokerFolder).property("advertised.listeners", reached).build());
    relay.to(broker.bootstrapServers());
    vertx = Vertx.vertx();
    catalog = Catalog.ofClassPath();
  }

  @AfterAll
  static void stopBroker() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
    broker.close();
    relay.close();
    catalog.close();
  }

  @BeforeEach
  void connect(TestInfo test) {
    String namespace = "worker-" + Integer.toHexString(test.getDisplayName().hashCode());
    kafka = new KafkaSettings(broker.bootstrapServers(), namespace, Map.of());
    Provisioning.ensure(kafka, 1, Duration.ofSeconds(30));
    messaging = Messaging.open(vertx, kafka);
    log = new Log(messaging);
  }

  @AfterEach
  void disconnect() {
    messaging.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void trainsATrialAndTellsEverything() throws Exception {
    QueuedTrial trial = TinySweep.of(Map.of("epochs", 2, "precision", "auto")).trial(7);
    try (Worker worker = start(1)) {
      queue(trial);
      Event.Ended ended = log.event(Event.Ended.class, Log.of(trial));
      Event.Started started = log.found(Event.Started.class, Log.of(trial)).get(0);
      assertEquals(worker.name(), started.worker());
      assertEquals(started.execution(), ended.execution());
      assertEquals("tiny/.attempts/0007/" + started.execution(), ended.folder());
      for (Map.Entry<String, String> file : ended.files().entrySet()) {
        assertTrue(Files.size(results.resolve(ended.folder()).resolve(file.getKey())) > 0);
        assertTrue(file.getValue().matches("[0-9a-f]{64}"));
      }
      assertTrue(ended.files().containsKey("vae.onnx"));
      String described = Files.readString(results.resolve(ended.folder()).resolve("trial.json"));
      assertTrue(described.contains("\"precision\" : \"fp32\""), described);
      var completed = (TrialOutcome.Completed) ended.outcome();
      assertEquals(2, completed.last().epoch());
      assertTrue(completed.onnxMaxAbsError() < 1e-4);
      assertTrue(completed.seconds() > 0 && completed.imagesPerSecond() > 0);
      await().until(() -> log.points.size() == 2);
      assertEquals(completed.last(), log.points.get(1).evaluation());
    }
  }

  @Test
  void saysWhatItCanRunAndWhatItIsAt() {
    QueuedTrial trial = TinySweep.of(ENDLESS).trial(1);
    try (Worker worker = start(2)) {
      queue(trial);
      Heartbeat.Execution at = log.training(trial);
      assertTrue(at.epoch() >= 1 && at.steps() > at.step());
      assertTrue(at.objective().isPresent() && at.imagesPerSecond() > 0);
      Heartbeat heartbeat = log.heartbeats.get(log.heartbeats.size() - 1);
      assertEquals(worker.name(), heartbeat.worker());
      assertEquals(2, heartbeat.slots());
      assertFalse(heartbeat.leaving());
      assertTrue(heartbeat.capabilities().plugins().contains("encoder/tiny"));
      assertEquals(
          LibtorchEngine.load(Optional.empty()).precisions(),
          heartbeat.capabilities().precisions());
      String scraped = metrics.scrape();
      assertTrue(scraped.contains("elbow_slots{state=\"busy\"} 1.0"), scraped);
      assertTrue(scraped.contains("elbow_images_total"), scraped);
      await()
          .until(
              () ->
                  metrics
                      .scrape()
                      .contains(
                          "elbow_trial_loss_nats{split=\"test\",sweep=\"tiny\",term=\"kl\",trial=\"0001\"}"));
    }
    await().until(() -> log.heartbeats.get(log.heartbeats.size() - 1).leaving());
  }

  @Test
  void twoSlotsShareTheQueue() {
    List<QueuedTrial> trials =
        IntStream.rangeClosed(1, 6).mapToObj(TinySweep.of(Map.of("epochs", 30))::trial).toList();
    try (Worker worker = start(2)) {
      trials.forEach(this::queue);
      trials.forEach(trial -> log.outcome(trial, TrialOutcome.Completed.class));
      List<Event.Started> started = log.found(Event.Started.class, any -> true);
      assertEquals(6, started.size(), () -> worker.name() + " took some trials twice");
      assertEquals(2, started.stream().map(Event.Started::slot).distinct().count());
      assertTrue(metrics.scrape().contains("elbow_onnx_max_abs_error_count 6"), metrics.scrape());
    }
    assertFalse(metrics.scrape().contains("elbow_"), metrics.scrape());
  }

  @Test
  void aTrialEndsWithinASecondOfBeingStopped() {
    QueuedTrial trial = TinySweep.of(ENDLESS).trial(1);
    try (Worker worker = start(1)) {
      queue(trial);
      log.training(trial);
      long told = System.nanoTime();
      say(new Control.Stop(trial.trial().id(), 1, "enough"));
      TrialOutcome.Stopped stopped = log.outcome(trial, TrialOutcome.Stopped.class);
      assertTrue(System.nanoTime() - told < 1_500_000_000L, worker.name());
      assertEquals("enough", stopped.reason());
      assertTrue(stopped.last().isPresent());
    }
  }

  @Test
  void aTrialThatIsStoppedLeavesItsLastCheckpoint() {
    QueuedTrial trial = TinySweep.of(ENDLESS).trial(1);
    try (Worker worker = start(1)) {
      queue(trial);
      log.training(trial);
      say(new Control.Stop(trial.trial().id(), 1, "enough"));
      log.outcome(trial, TrialOutcome.Stopped.class);
      assertTrue(Files.exists(checkpointOf(trial)), worker.name());
    }
  }

  private Path checkpointOf(QueuedTrial trial) {
    String folder = "tiny/.attempts/" + trial.trial().id().folder();
    return results.resolve(folder).resolve("checkpoint.safetensors");
  }

  @Test
  void aTrialThatWasStoppedBeforeItIsTakenEndsAtOnce() {
    QueuedTrial trial = TinySweep.of(ENDLESS).trial(1);
    say(new Control.Stop(trial.trial().id(), 1, "never mind"));
    try (Worker worker = start(1)) {
      queue(trial);
      assertEquals("never mind", log.outcome(trial, TrialOutcome.Stopped.class).reason());
    }
  }

  @Test
  void anExecutionThatLostItsTrialReportsNothingAndFreesItsSlot() {
    QueuedTrial lost = TinySweep.of(ENDLESS).trial(1);
    QueuedTrial next = TinySweep.of(SHORT).trial(2);
    try (Worker worker = start(1)) {
      queue(lost);
      Heartbeat.Execution at = log.training(lost);
      say(new Control.Lost(lost.trial().id(), at.execution()));
      queue(next);
      log.outcome(next, TrialOutcome.Completed.class);
      assertEquals(List.of(), log.found(Event.Ended.class, Log.of(lost)));
      assertFalse(Files.exists(results.resolve("tiny/.attempts/0001")));
    }
  }

  @Test
  void declinesWhatItCannotRunAndGoesOn() {
    QueuedTrial otherData = TinySweep.of(SHORT).sha256("squares-of-somebody-else").trial(1);
    QueuedTrial next = TinySweep.of(SHORT).trial(2);
    try (Worker worker = start(1)) {
      queue(otherData);
      queue(next);
      Event.Declined declined = log.event(Event.Declined.class, Log.of(otherData));
      assertEquals(1, declined.attempt());
      assertTrue(declined.reason().contains("squares-of-somebody-else"), declined.reason());
      log.outcome(next, TrialOutcome.Completed.class);
      assertEquals(List.of(), log.found(Event.Ended.class, Log.of(otherData)));
      assertFalse(Files.exists(results.resolve("tiny/.attempts/0001")));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          throws | PLUGIN_FAULT       | .*IllegalStateException: no idea \\(at TinyEncoder.java:\\d+\\)
          layer  | INVALID_PARAMETERS | .*kernel 99 is larger than the image.*TinyEncoder.java:\\d+\\)
          shape  | PLUGIN_FAULT       | .*mu has shape \\[16\\], expected \\[3\\].*
          """)
  void anEncoderThatFailsEndsItsTrialAndNotTheWorker(
      String failure, FailureKind kind, String message) {
    assertFails(TinySweep.of(SHORT).encoder(Map.of("failure", failure)), kind, message);
  }

  @Test
  void aDatasetThatFailsEndsItsTrial() {
    assertFails(
        TinySweep.of(SHORT).dataset(Map.of("broken", true)),
        FailureKind.PLUGIN_FAULT,
        "dataset 'squares': IllegalStateException: .* \\(at Squares.java:\\d+\\)");
  }

  @Test
  void aScheduleThatFailsInTheMiddleEndsItsTrial() {
    assertFails(
        TinySweep.of(SHORT).objective(Map.of("failsAt", 3)),
        FailureKind.PLUGIN_FAULT,
        "ArithmeticException: no beta for step 3 \\(at TinyObjective.java:\\d+\\)");
  }

  @Test
  void aTrialThatDivergesNamesEpochAndStep() {
    assertFails(
        TinySweep.of(Map.of("epochs", 2, "optimizer", "sgd", "learningRate", 1e25)),
        FailureKind.DIVERGED,
        "epoch 1, step [12]: .*not finite.*");
  }

  @Test
  void aModelThatNoFileCanHoldEndsItsTrial() {
    assertFails(
        TinySweep.of(SHORT).encoder(Map.of("hidden", 1_000_000_000)),
        FailureKind.INVALID_PARAMETERS,
        ".*vae.onnx would hold .*");
  }

  @Test
  void aFolderThatCannotBeWrittenIsNoFaultOfTheTrial() throws Exception {
    Files.writeString(results.resolve("tiny"), "a file where a folder must be");
    QueuedTrial trial = TinySweep.of(SHORT).trial(1);
    try (Worker worker = start(1)) {
      queue(trial);
      TrialOutcome.Failed failed = log.outcome(trial, TrialOutcome.Failed.class);
      assertEquals(FailureKind.INFRASTRUCTURE, failed.kind(), worker.name());
      assertTrue(failed.kind().retried() && failed.message().contains("tiny"), failed.message());
      // The disk has room again: the same slot goes on, after a rest.
      Files.delete(results.resolve("tiny"));
      queue(new QueuedTrial(trial.trial(), 2));
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> log.found(Event.Ended.class, Log.of(trial)).size() == 2);
      Event.Ended second = log.found(Event.Ended.class, Log.of(trial)).get(1);
      assertInstanceOf(TrialOutcome.Completed.class, second.outcome());
    }
  }

  @Test
  void aTrialThatASlotStartedTooLateToAcceptIsHandedBack() throws Exception {
    lockFor(Duration.ofSeconds(1));
    QueuedTrial trial = TinySweep.of(ENDLESS).trial(1);
    QueuedTrial next = TinySweep.of(SHORT).trial(2);
    relay.holdRequests(request -> request.kind() == Relay.PRODUCE && isOf("late", request));
    try (Worker late = start(1, Map.of("client.id", "late"))) {
      queue(trial);
      await().until(() -> metrics.scrape().contains("elbow_slots{state=\"busy\"} 1.0"));
      try (TrialQueueConsumer other = messaging.slot("other")) {
        // That another gets it says that the lock of the first has run out.
        assertEquals("tiny/0001", other.take(Duration.ofSeconds(60)).orElseThrow().key());
        relay.letGo();
        Event.HandedBack handedBack = log.event(Event.HandedBack.class, Log.of(trial));
        Event.Started started = log.found(Event.Started.class, Log.of(trial)).get(0);
        assertEquals(started.execution(), handedBack.execution());
        assertEquals(late.name(), handedBack.worker());
        assertTrue(other.accept());
      }
      queue(next);
      log.outcome(next, TrialOutcome.Completed.class);
      assertEquals(List.of(), log.found(Event.Ended.class, Log.of(trial)));
    } finally {
      relay.letGo();
    }
  }

  private static boolean isOf(String client, Relay.Request request) {
    return request.client().equals(client);
  }

  private void lockFor(Duration duration) throws Exception {
    ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, kafka.topics().workers());
    ConfigEntry lock =
        new ConfigEntry("share.record.lock.duration.ms", String.valueOf(duration.toMillis()));
    AlterConfigOp change = new AlterConfigOp(lock, AlterConfigOp.OpType.SET);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin.incrementalAlterConfigs(Map.of(group, List.of(change))).all().get();
    }
  }

  @Test
  void aSlotThatReachesNoCheckpointInTimeGivesItsTrialBackAllTheSame() throws Exception {
    // What the stuck slot's client still fetches is free soon, as after the end of its process.
    lockFor(Duration.ofSeconds(1));
    QueuedTrial trial = TinySweep.of(SHORT).dataset(Map.of("stuck", true)).trial(1);
    CountDownLatch stuck = Squares.stick();
    closing = Duration.ofMillis(300);
    try {
      Worker first = start(1);
      queue(trial);
      log.event(Event.Started.class, Log.of(trial));
      first.close();
      Event.HandedBack handedBack = log.event(Event.HandedBack.class, Log.of(trial));
      assertEquals(first.name(), handedBack.worker());
      assertEquals(List.of(), log.found(Event.Ended.class, any -> true));
      Squares.stick().countDown();
      try (Worker second = start(1)) {
        queue(new QueuedTrial(trial.trial(), 2));
        log.outcome(trial, TrialOutcome.Completed.class);
        assertEquals(second.name(), log.found(Event.Ended.class, any -> true).get(0).worker());
      }
    } finally {
      stuck.countDown();
    }
  }

  @Test
  void aRecordThatCannotBeReadIsDeclinedAndBlocksNothing() {
    QueuedTrial next = TinySweep.of(SHORT).trial(2);
    try (Worker worker = start(1);
        KafkaProducer<String, byte[]> producer = producer()) {
      producer.send(new ProducerRecord<>(kafka.topics().trials(), "tiny/0009", new byte[] {1, 2}));
      producer.send(new ProducerRecord<>(kafka.topics().trials(), "no trial", new byte[] {3}));
      producer.flush();
      queue(next);
      log.outcome(next, TrialOutcome.Completed.class);
      Event.Declined declined = log.found(Event.Declined.class, any -> true).get(0);
      assertEquals(new TrialId("tiny", 9), declined.trial());
      assertEquals(worker.name(), declined.worker());
      assertTrue(declined.reason().contains("cannot be read"), declined.reason());
    }
  }

  @Test
  void whatNobodyCanHearAnyMoreIsNotRepeatedAfterClosing() throws Exception {
    Messaging closed = Messaging.open(vertx, kafka);
    closed.close().toCompletionStage().toCompletableFuture().join();
    Reports reports = new Reports(closed);
    Thread teller = new Thread(() -> tell(reports, TinySweep.of(SHORT).trial(1)));
    teller.start();
    try {
      reports.close();
      teller.join(Duration.ofSeconds(30).toMillis());
      assertFalse(teller.isAlive());
    } finally {
      teller.interrupt();
    }
  }

  private static void tell(Reports reports, QueuedTrial trial) {
    try {
      reports.tellUntilHeard(
          new Event.HandedBack(trial.trial().id(), 1, "execution", "worker", Instant.now()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private KafkaProducer<String, byte[]> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", kafka.bootstrapServers()),
        new StringSerializer(),
        new ByteArraySerializer());
  }

  private void assertFails(TinySweep sweep, FailureKind kind, String message) {
    QueuedTrial trial = sweep.trial(1);
    QueuedTrial next = TinySweep.of(SHORT).trial(2);
    try (Worker worker = start(1)) {
      queue(trial);
      queue(next);
      TrialOutcome.Failed failed = log.outcome(trial, TrialOutcome.Failed.class);
      assertEquals(kind, failed.kind(), failed.message());
      assertTrue(failed.message().matches(message), failed.message());
      log.outcome(next, TrialOutcome.Completed.class);
    }
  }

  @Test
  void aTrialThatIsHandedBackInAnEpochGoesOnElsewhereToTheSameBytes() throws Exception {
    // A single epoch, so that every checkpoint lies inside one.
    TinySweep sweep = TinySweep.of(Map.of("epochs", 1, "batchSize", 8));
    QueuedTrial trial =
        sweep.dataset(Map.of("images", 20_000)).sha256(Squares.sha256(20_000)).trial(1);
    checkpoint = Duration.ofMillis(1);
    try (Worker first = start(1)) {
      queue(trial);
      await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(checkpointOf(trial)));
      assertEquals(List.of(), log.found(Event.HandedBack.class, any -> true), first.name());
    }
    Event.HandedBack handedBack = log.event(Event.HandedBack.class, Log.of(trial));
    assertEquals(List.of(), log.found(Event.Ended.class, Log.of(trial)));
    QueuedTrial again = new QueuedTrial(trial.trial(), handedBack.attempt());
    try (Worker second = start(1)) {
      queue(again);
      Event.Ended ended = log.event(Event.Ended.class, Log.of(trial));
      assertEquals(second.name(), ended.worker());
      byte[] continued = onnx(ended);
      long steps = ((TrialOutcome.Completed) ended.outcome()).last().step();
      assertEquals(2500, steps);
      // The same again in one go, from the beginning.
      Files.delete(checkpointOf(trial));
      queue(again);
      await()
          .atMost(Duration.ofSeconds(90))
          .until(() -> log.found(Event.Ended.class, Log.of(trial)).size() == 2);
      assertArrayEquals(continued, onnx(log.found(Event.Ended.class, Log.of(trial)).get(1)));
    }
  }

  private byte[] onnx(Event.Ended ended) throws Exception {
    return Files.readAllBytes(results.resolve(ended.folder()).resolve("vae.onnx"));
  }

  private Worker start(int slots) {
    return start(slots, Map.of());
  }

  private Worker start(int slots, Map<String, String> kafkaProperties) {
    MeterRegistry registry = metrics;
    return Worker.start(
        new WorkerSettings(
            "test",
            kafka.bootstrapServers(),
            kafka.namespace(),
            kafkaProperties,
            results,
            DataFolder.none(),
            catalog,
            slots,
            Optional.empty(),
            registry,
            Duration.ofMillis(200),
            checkpoint,
            closing));
  }

  private void queue(QueuedTrial trial) {
    messaging.trials().send(trial).toCompletionStage().toCompletableFuture().join();
  }

  private void say(Control word) {
    messaging.control().publish(word).toCompletionStage().toCompletableFuture().join();
  }
}
