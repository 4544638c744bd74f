package dev.elbow.trainer;

import static org.awaitility.Awaitility.await;

import dev.elbow.api.TrialOutcome;
import dev.elbow.messaging.Delivery;
import dev.elbow.messaging.Event;
import dev.elbow.messaging.Heartbeat;
import dev.elbow.messaging.Messaging;
import dev.elbow.messaging.MetricPoint;
import dev.elbow.messaging.QueuedTrial;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Everything that workers say in a namespace, from the beginning of a test. */
final class Log {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  final List<Event> events = new CopyOnWriteArrayList<>();
  final List<Heartbeat> heartbeats = new CopyOnWriteArrayList<>();
  final List<MetricPoint> points = new CopyOnWriteArrayList<>();

  Log(Messaging messaging) {
    messaging.events().subscribe(keep(events::add));
    messaging.heartbeats().subscribe(keep(heartbeats::add));
    messaging.metrics().subscribe(keep(points::add));
  }

  private static <T> Consumer<Delivery<T>> keep(Consumer<T> list) {
    return delivery -> list.accept(((Delivery.Message<T>) delivery).value());
  }

  /** Waits for how {@code trial} ended. */
  <O extends TrialOutcome> O outcome(QueuedTrial trial, Class<O> type) {
    return type.cast(event(Event.Ended.class, of(trial)).outcome());
  }

  /** Waits for the first event of that kind. */
  <E extends Event> E event(Class<E> type, Predicate<? super E> wanted) {
    await().atMost(PATIENCE).until(() -> !found(type, wanted).isEmpty());
    return found(type, wanted).get(0);
  }

  <E extends Event> List<E> found(Class<E> type, Predicate<? super E> wanted) {
    return events.stream().filter(type::isInstance).map(type::cast).filter(wanted).toList();
  }

  static Predicate<Event.Fact> of(QueuedTrial trial) {
    return fact -> fact.trial().equals(trial.trial().id());
  }

  /** Waits until a slot has done some steps of {@code trial}. */
  Heartbeat.Execution training(QueuedTrial trial) {
    await().atMost(PATIENCE).until(() -> !steps(trial).isEmpty());
    return steps(trial).get(0);
  }

  private List<Heartbeat.Execution> steps(QueuedTrial trial) {
    return heartbeats.stream()
        .flatMap(heartbeat -> heartbeat.executions().stream())
        .filter(at -> at.trial().equals(trial.trial().id()) && at.step() > 0)
        .toList();
  }
}
