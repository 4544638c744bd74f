package dev.elbow.trainer;

import dev.elbow.messaging.Event;
import dev.elbow.messaging.Messaging;
import dev.elbow.messaging.MetricPoint;
import io.vertx.core.Future;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a worker tells of its trials. Thread-safe. */
final class Reports {
  private static final Logger LOG = LoggerFactory.getLogger(Reports.class);

  private final Messaging messaging;
  private volatile boolean closing;

  Reports(Messaging messaging) {
    this.messaging = messaging;
  }

  /**
   * Writes a fact to the log; returns when every replica has it. While Kafka is away that takes
   * minutes.
   *
   * @return false if Kafka stayed away for too long; the fact may be in the log all the same
   */
  boolean tell(Event.Fact fact) throws InterruptedException {
    try {
      Future<Long> published = messaging.events().publish(fact);
      published.toCompletionStage().toCompletableFuture().get();
      return true;
    } catch (ExecutionException e) {
      LOG.warn("{} could not be told: {}", fact, e.getCause().getMessage());
      return false;
    }
  }

  /** Writes a fact to the log, without waiting. */
  void send(Event.Fact fact) {
    messaging
        .events()
        .publish(fact)
        .onFailure(e -> LOG.warn("{} could not be told: {}", fact, e.getMessage()));
  }

  /**
   * As {@link #tell}, again and again until it succeeds, the thread is interrupted, or the worker
   * closes and nobody can hear it any more.
   */
  void tellUntilHeard(Event.Fact fact) throws InterruptedException {
    while (!tell(fact) && !closing) {
      LOG.warn("trying again");
    }
  }

  /** Ends what {@link #tellUntilHeard} repeats. */
  void close() {
    closing = true;
  }

  /** Sends a point of a curve, without waiting. */
  void tell(MetricPoint point) {
    messaging
        .metrics()
        .publish(point)
        .onFailure(
            e -> LOG.warn("a point of {} could not be told: {}", point.trial(), e.getMessage()));
  }
}
