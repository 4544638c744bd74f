package dev.elbow.messaging;

import static dev.elbow.messaging.Kafka.await;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * The broker that a class has started, and topics and messaging of its own for each of its tests.
 */
abstract class MessagingFixture {
  @TempDir static Path folder;
  static Kafka kafka;
  KafkaSettings settings;
  Messaging messaging;

  @AfterAll
  static void stop() throws Exception {
    kafka.close();
  }

  @BeforeEach
  void open() {
    settings = kafka.provisioned();
    messaging = Messaging.open(kafka.vertx(), settings);
  }

  @AfterEach
  void close() throws Exception {
    await(messaging.close());
  }
}
