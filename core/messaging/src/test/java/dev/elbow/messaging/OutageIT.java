package dev.elbow.messaging;

import static dev.elbow.messaging.Kafka.await;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.elbow.broker.Broker;
import dev.elbow.broker.BrokerSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutageIT {
  @TempDir Path folder;

  @Test
  void publishesAndTellsAfterAnOutageWhatHappenedDuringIt() throws Exception {
    Vertx vertx = Vertx.vertx();
    Broker broker = Broker.start(BrokerSettings.in(folder));
    KafkaSettings settings = KafkaSettings.at(broker.bootstrapServers());
    Provisioning.ensure(settings, 1, Kafka.PATIENCE);
    Messaging messaging = Messaging.open(vertx, settings);
    ConcurrentLinkedQueue<Long> offsets = new ConcurrentLinkedQueue<>();
    Subscription log = messaging.events().subscribe(delivery -> offsets.add(delivery.offset()));
    await(messaging.events().publish(Samples.queued(1)));
    broker.close();
    Future<Long> during = messaging.events().publish(Samples.queued(2));
    try (Broker again = Broker.start(onSamePort(broker))) {
      assertEquals(1, await(during));
      await(messaging.events().publish(Samples.queued(3)));
      await().until(() -> offsets.size() == 3);
      assertEquals(List.of(0L, 1L, 2L), List.copyOf(offsets));
      assertEquals(settings.bootstrapServers(), again.bootstrapServers());
      await(log.close());
      await(messaging.close());
      await(vertx.close());
    }
  }

  private BrokerSettings onSamePort(Broker broker) {
    String address = broker.bootstrapServers();
    int port = Integer.parseInt(address.substring(address.indexOf(':') + 1));
    return BrokerSettings.builder(folder).port(port).build();
  }
}
