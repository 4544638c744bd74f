package dev.elbow.messaging;

import io.vertx.core.Future;
import io.vertx.kafka.client.producer.KafkaProducer;
import io.vertx.kafka.client.producer.KafkaProducerRecord;

/** The coordinator's end of the queue of trials. Thread safe. */
public final class TrialQueue {
  private final KafkaProducer<String, byte[]> producer;
  private final String topic;
  private final Wire<QueuedTrial> wire;

  TrialQueue(KafkaProducer<String, byte[]> producer, String topic, Wire<QueuedTrial> wire) {
    this.producer = producer;
    this.topic = topic;
    this.wire = wire;
  }

  /**
   * Hands a trial to whichever slot is free first. The future completes when the queue will not
   * lose it any more; when it fails, the trial may be in the queue all the same.
   */
  public Future<Void> send(QueuedTrial trial) {
    String key = trial.trial().id().toString();
    return producer.send(KafkaProducerRecord.create(topic, key, wire.write(trial))).mapEmpty();
  }
}
