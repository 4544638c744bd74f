package dev.elbow.coordinator;

import static dev.elbow.coordinator.TestSystem.done;
import static dev.elbow.coordinator.TestSystem.until;
import static dev.elbow.coordinator.TestWorker.completed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.data.DataFolder;
import dev.elbow.broker.Broker;
import dev.elbow.catalog.Catalog;
import dev.elbow.coordinator.client.ElbowClient;
import dev.elbow.coordinator.client.UnreadableList.UnreadableRecord;
import dev.elbow.coordinator.http.HttpApi;
import dev.elbow.coordinator.http.HttpSettings;
import dev.elbow.coordinator.ledger.TrialState;
import dev.elbow.coordinator.sweep.SweepReader;
import dev.elbow.messaging.Topics;
import dev.elbow.testkit.SharedBroker;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Timeout(90)
@ExtendWith(SharedBroker.class)
class UnreadableIT {
  @TempDir Path folder;

  @Test
  void recordsThatNobodyCanReadAreKeptAsideAndHoldUpNothing(Broker broker) throws Exception {
    try (Catalog catalog = Catalog.ofClassPath();
        TestSystem system = new TestSystem(broker, catalog, folder.resolve("sweeps"))) {
      Coordinator coordinator = system.coordinator();
      Topics topics = system.kafka().topics();
      List<String> damaged = List.of(topics.events(), topics.heartbeats(), topics.metrics());
      write(broker, damaged, "{\"v\":1,\"type\":\"danced\"}");
      byte[] text = TestSystem.sweep("s", 2).getBytes(StandardCharsets.UTF_8);
      done(
          coordinator.submit(
              new SweepReader(catalog, DataFolder.none()).read("s", text).sweep().orElseThrow()));
      write(broker, damaged, "no JSON");
      system.worker(1, trial -> Optional.of(completed(100)));
      assertEquals(2, done(coordinator.finished("s")).count(TrialState.COMPLETED));
      until(() -> done(coordinator.unreadable()).count() == 6);
      HttpApi http =
          done(
              HttpApi.start(
                  system.vertx(),
                  coordinator,
                  HttpSettings.on(0, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))));
      system.own(() -> done(http.close()));
      ElbowClient client = ElbowClient.at(URI.create("http://127.0.0.1:" + http.port()));
      for (String topic : damaged) {
        List<UnreadableRecord> kept =
            client.unreadable().latest().stream().filter(r -> r.topic().equals(topic)).toList();
        assertEquals("no JSON", kept.get(0).content());
        assertTrue(kept.get(0).reason().contains("found no JSON"), kept.get(0).reason());
        assertEquals("whose", kept.get(1).key());
        assertTrue(kept.get(1).offset() < kept.get(0).offset());
      }
    }
  }

  private static void write(Broker broker, List<String> topics, String value) throws Exception {
    Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (var producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      for (String topic : topics) {
        producer.send(new ProducerRecord<>(topic, "whose", value)).get();
      }
    }
  }
}
