package dev.elbow.messaging;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.producer.KafkaProducer;
import io.vertx.kafka.client.producer.KafkaProducerRecord;
import io.vertx.kafka.client.producer.RecordMetadata;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A topic of one kind of message: what is published is delivered to every subscriber, in one order.
 * Thread safe; messages that one thread publishes keep their order.
 *
 * @param <T> the kind of message
 */
public final class Channel<T> {
  private final Vertx vertx;
  private final KafkaProducer<String, byte[]> producer;
  private final ReaderSettings reading;
  private final Wire<T> wire;
  private final Function<T, String> key;

  Channel(
      Vertx vertx,
      KafkaProducer<String, byte[]> producer,
      ReaderSettings reading,
      Wire<T> wire,
      Function<T, String> key) {
    this.vertx = vertx;
    this.producer = producer;
    this.reading = reading;
    this.wire = wire;
    this.key = key;
  }

  /**
   * Writes a message. The future completes, with the message's offset, when Kafka has acknowledged
   * it. It fails when Kafka stayed away for too long; the message may have been written all the
   * same, and may be published again, since readers bear duplicates.
   */
  public Future<Long> publish(T message) {
    return producer
        .send(KafkaProducerRecord.create(reading.topic(), key.apply(message), wire.write(message)))
        .map(RecordMetadata::getOffset);
  }

  /**
   * Delivers messages one at a time, on the Vert.x context of the caller if it has one. Where it
   * begins is a property of the topic; see {@link Messaging}. While Kafka is away it waits and
   * tries again.
   *
   * @param handler must not block; if it throws, the subscription ends there
   */
  public Subscription subscribe(Consumer<Delivery<T>> handler) {
    return Reader.start(vertx, reading, wire, handler);
  }
}
