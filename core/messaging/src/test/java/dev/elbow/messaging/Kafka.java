package dev.elbow.messaging;

import dev.elbow.broker.Broker;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A real broker, of which each test gets topics of its own. */
final class Kafka implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final AtomicInteger NAMESPACES = new AtomicInteger();

  private final Broker broker;
  private final Vertx vertx = Vertx.vertx();

  /**
   * @param broker stays open when this is closed
   */
  Kafka(Broker broker) {
    this.broker = broker;
  }

  Vertx vertx() {
    return vertx;
  }

  String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /** Settings of a namespace that nobody used before. */
  KafkaSettings settings(Map<String, String> properties) {
    String namespace = "test-" + NAMESPACES.incrementAndGet();
    return new KafkaSettings(broker.bootstrapServers(), namespace, properties);
  }

  /** Settings of a namespace whose topics are there. */
  KafkaSettings provisioned() {
    KafkaSettings settings = settings(Map.of());
    Provisioning.ensure(settings, 1, PATIENCE);
    return settings;
  }

  static <T> T await(Future<T> future) throws Exception {
    return future
        .toCompletionStage()
        .toCompletableFuture()
        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  @Override
  public void close() throws Exception {
    await(vertx.close());
  }
}
