package dev.elbow.acceptance.chaos;

import dev.elbow.messaging.Delivery;
import dev.elbow.messaging.Event;
import dev.elbow.messaging.KafkaSettings;
import dev.elbow.messaging.Messaging;
import dev.elbow.messaging.Subscription;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;

/** Follows the event log of a running system from its beginning. Thread-safe. */
final class EventLog implements AutoCloseable {
  private static final Duration TO_CLOSE = Duration.ofSeconds(15);

  private final Vertx vertx = Vertx.vertx();
  private final Messaging messaging;
  private final Subscription subscription;
  private final History history = new History();
  private final List<String> unreadable = new ArrayList<>();

  EventLog(String kafka) {
    messaging = Messaging.open(vertx, KafkaSettings.at(kafka));
    subscription = messaging.events().subscribe(this::read);
  }

  private synchronized void read(Delivery<Event> delivery) {
    if (delivery instanceof Delivery.Message<Event> message) {
      history.add(message.value(), System.nanoTime());
    } else if (delivery instanceof Delivery.Unreadable<Event> bad) {
      unreadable.add("event %d cannot be read: %s".formatted(bad.offset(), bad.reason()));
    }
    notifyAll();
  }

  /** Writes an event, and waits until Kafka has it. */
  Future<Long> write(Event event) {
    return messaging.events().publish(event);
  }

  /** Looks at what was read so far; {@code question} must not keep the history. */
  synchronized <T> T ask(Function<History, T> question) {
    return question.apply(history);
  }

  /** Events that could not be read. */
  synchronized List<String> unreadable() {
    return List.copyOf(unreadable);
  }

  /**
   * Waits until the log says something.
   *
   * @throws StuckException if it does not within {@code patience}
   */
  void await(Duration patience, String what, Predicate<History> said) throws InterruptedException {
    find(patience, what, h -> said.test(h) ? Optional.of(h.size()) : Optional.empty());
  }

  /**
   * Waits until the log has an answer.
   *
   * @throws StuckException if it has none within {@code patience}
   */
  synchronized <T> T find(Duration patience, String what, Function<History, Optional<T>> question)
      throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    Optional<T> answer = question.apply(history);
    while (answer.isEmpty()) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        throw new StuckException(
            "not within %d s: %s; %s".formatted(patience.toSeconds(), what, state()));
      }
      wait(Math.min(left, 100));
      answer = question.apply(history);
    }
    return answer.get();
  }

  private String state() {
    return "%d events, leader %s of epoch %d, %d trials running"
        .formatted(history.size(), history.leader(), history.epoch(), history.running());
  }

  @Override
  public void close() throws Exception {
    for (Future<?> closing : List.of(subscription.close(), messaging.close())) {
      closing
          .otherwiseEmpty()
          .toCompletionStage()
          .toCompletableFuture()
          .get(TO_CLOSE.toSeconds(), TimeUnit.SECONDS);
    }
    vertx.close().toCompletionStage().toCompletableFuture().get(15, TimeUnit.SECONDS);
  }
}
