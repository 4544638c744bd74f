package dev.elbow.messaging;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.producer.KafkaProducer;
import io.vertx.kafka.client.producer.KafkaProducerRecord;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** The coordinator's end of the queue of trials. Thread safe. */
public final class TrialQueue {
  private final Vertx vertx;
  private final KafkaSettings settings;
  private final KafkaProducer<String, byte[]> producer;
  private final ReaderSettings looking;
  private final Wire<QueuedTrial> wire;
  private volatile Future<OptionalLong> asked = Future.succeededFuture(OptionalLong.empty());

  TrialQueue(
      Vertx vertx,
      KafkaSettings settings,
      KafkaProducer<String, byte[]> producer,
      ReaderSettings looking,
      Wire<QueuedTrial> wire) {
    this.vertx = vertx;
    this.settings = settings;
    this.producer = producer;
    this.looking = looking;
    this.wire = wire;
  }

  /**
   * Hands a trial to whichever slot is free first. The future completes when the queue will not
   * lose it any more; when it fails, the trial may be in the queue all the same.
   */
  public Future<Void> send(QueuedTrial trial) {
    String key = trial.trial().id().toString();
    return producer
        .send(KafkaProducerRecord.create(looking.topic(), key, wire.write(trial)))
        .mapEmpty();
  }

  /**
   * Shows what the queue has not given away for good, and takes nothing: every record that a slot
   * may still get, some that were accepted lately among them. What comes after {@link
   * Subscription#caughtUp} was added since.
   *
   * @param handler as for {@link Channel#subscribe}
   */
  public Subscription look(Consumer<Delivery<QueuedTrial>> handler) {
    return Reader.start(vertx, looking, wire, handler, this::firstUnsettled);
  }

  private Future<OptionalLong> firstUnsettled() {
    Future<OptionalLong> asking =
        vertx.executeBlocking(() -> QueueProgress.firstUnsettled(settings), false);
    asked = asking;
    return asking;
  }

  /** Done when nothing is asked any more: whoever closes Vert.x before hears complaints. */
  Future<Void> close() {
    return asked.<Void>mapEmpty().otherwiseEmpty();
  }
}
