package dev.elbow.trainer;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.elbow.api.TrialOutcome;
import dev.elbow.api.data.DataFolder;
import dev.elbow.broker.Broker;
import dev.elbow.broker.BrokerSettings;
import dev.elbow.catalog.Catalog;
import dev.elbow.messaging.Event;
import dev.elbow.messaging.KafkaSettings;
import dev.elbow.messaging.Messaging;
import dev.elbow.messaging.Provisioning;
import dev.elbow.messaging.QueuedTrial;
import example.tiny.TinyObjective;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class BrokerAwayIT {
  private static final int EPOCHS = 200;

  @TempDir private Path folder;
  @TempDir private Path results;

  @Test
  void aWorkerTrainsOnWhileKafkaIsAwayAndTellsEverythingWhenItIsBack() throws Exception {
    TinySweep sweep = TinySweep.of(Map.of("epochs", EPOCHS, "batchSize", 8));
    QueuedTrial trial = sweep.objective(Map.of("waitsAt", 60)).trial(1);
    CountDownLatch away = TinyObjective.hold();
    Broker broker = Broker.start(BrokerSettings.in(folder));
    int port = Integer.parseInt(broker.bootstrapServers().replaceAll(".*:", ""));
    KafkaSettings kafka = KafkaSettings.at(broker.bootstrapServers());
    Provisioning.ensure(kafka, 1, Duration.ofSeconds(30));
    Vertx vertx = Vertx.vertx();
    Messaging messaging = Messaging.open(vertx, kafka);
    Log log = new Log(messaging);
    try (Catalog catalog = Catalog.ofClassPath();
        Worker worker = Worker.start(settings(kafka, catalog))) {
      send(messaging, trial);
      log.training(trial);
      broker.close();
      away.countDown();
      await().atMost(Duration.ofSeconds(90)).until(() -> isWritten("trial.json"));
      broker = Broker.start(BrokerSettings.builder(folder).port(port).build());
      Event.Ended ended = log.event(Event.Ended.class, Log.of(trial));
      assertEquals(worker.name(), ended.worker());
      log.outcome(trial, TrialOutcome.Completed.class);
      await().atMost(Duration.ofSeconds(60)).until(() -> log.points.size() == EPOCHS);
      QueuedTrial next = TinySweep.of(Map.of("epochs", 2)).trial(2);
      send(messaging, next);
      log.outcome(next, TrialOutcome.Completed.class);
      assertEquals(2, log.found(Event.Started.class, any -> true).size());
    } finally {
      away.countDown();
      messaging.close().toCompletionStage().toCompletableFuture().join();
      vertx.close().toCompletionStage().toCompletableFuture().join();
      broker.close();
    }
  }

  private WorkerSettings settings(KafkaSettings kafka, Catalog catalog) {
    return WorkerSettings.of(
        kafka.bootstrapServers(),
        results,
        DataFolder.none(),
        catalog,
        1,
        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
  }

  private static void send(Messaging messaging, QueuedTrial trial) {
    messaging.trials().send(trial).toCompletionStage().toCompletableFuture().join();
  }

  private boolean isWritten(String name) throws IOException {
    try (Stream<Path> files = Files.walk(results)) {
      return files.anyMatch(file -> file.endsWith(name));
    }
  }
}
