package dev.elbow.messaging;

import io.vertx.core.Future;

/** A running subscription. Thread safe. */
public interface Subscription {
  /**
   * Completes when everything that was in the topic at the time of subscribing has been handled; at
   * once if there was nothing, or if only new records were asked for: from then on none is missed.
   */
  Future<Void> caughtUp();

  /**
   * Completes when it is closed. Fails with what the handler threw: then it has stopped at that
   * record, because to pass over it would be to lose it.
   */
  Future<Void> ended();

  /**
   * Asks Kafka for the topic's end: the offset that its next record will have. Fails if Kafka does
   * not say.
   */
  Future<Long> end();

  /** Stops; no record is handled once the future has completed. Further calls do nothing. */
  Future<Void> close();
}
