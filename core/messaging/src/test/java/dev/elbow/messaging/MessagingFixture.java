package dev.elbow.messaging;

import static dev.elbow.messaging.Kafka.await;

import dev.elbow.broker.Broker;
import dev.elbow.testkit.SharedBroker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Topics and messaging of its own for each test, all of them on one broker. */
@ExtendWith(SharedBroker.class)
@Execution(ExecutionMode.CONCURRENT)
abstract class MessagingFixture {
  Kafka kafka;
  KafkaSettings settings;
  Messaging messaging;

  @BeforeEach
  final void open(Broker shared) {
    kafka = new Kafka(broker(shared));
    settings = kafka.provisioned();
    messaging = Messaging.open(kafka.vertx(), settings);
  }

  /**
   * The broker on which a class tests; the shared one, unless it needs one that is set otherwise.
   */
  Broker broker(Broker shared) {
    return shared;
  }

  @AfterEach
  final void close() throws Exception {
    await(messaging.close());
    kafka.close();
  }
}
