package dev.elbow.coordinator;

import dev.elbow.api.Trial;
import dev.elbow.coordinator.ledger.LoggedTrial;
import dev.elbow.coordinator.ledger.TrialState;
import dev.elbow.messaging.MetricPoint;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Snapshots for any thread, and the observers. Changed on the event loop alone; a sweep that
 * changes often gets a new snapshot only every few milliseconds.
 */
final class Views {
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Logger LOG = LoggerFactory.getLogger(Views.class);

  private final Vertx vertx;
  private final Fleet fleet;
  private final List<Observer> observers = new CopyOnWriteArrayList<>();
  private final Set<SweepRun> changed = new LinkedHashSet<>();
  private volatile Map<String, SweepView> latest = Map.of();

  Views(Vertx vertx, Fleet fleet) {
    this.vertx = vertx;
    this.fleet = fleet;
  }

  /** The names of the sweeps, in the order of submission. */
  List<String> sweeps() {
    return List.copyOf(latest.keySet());
  }

  Optional<SweepView> view(String sweep) {
    return Optional.ofNullable(latest.get(sweep));
  }

  /** How many trials of all sweeps are in {@code state}. */
  int count(TrialState state) {
    return latest.values().stream().mapToInt(view -> view.count(state)).sum();
  }

  AutoCloseable observe(Observer observer) {
    observers.add(observer);
    return () -> observers.remove(observer);
  }

  /** A sweep has changed: there will be a new snapshot soon. */
  void changed(SweepRun run) {
    if (changed.isEmpty()) {
      vertx.setTimer(PAUSE.toMillis(), id -> flush());
    }
    changed.add(run);
  }

  /** Makes the snapshots that are due. */
  void flush() {
    List<SweepRun> due = List.copyOf(changed);
    changed.clear();
    due.forEach(this::show);
  }

  /** Makes a snapshot at once. */
  void show(SweepRun run) {
    SweepView view = run.view(fleet);
    Map<String, SweepView> next = new LinkedHashMap<>(latest);
    next.put(view.sweep(), view);
    latest = next;
    tell(observer -> observer.changed(view));
    run.tellFinished(view);
  }

  /** A sweep is deleted. */
  void forget(String sweep) {
    changed.removeIf(run -> run.sweep().name().equals(sweep));
    Map<String, SweepView> next = new LinkedHashMap<>(latest);
    next.remove(sweep);
    latest = next;
    tell(observer -> observer.deleted(sweep));
  }

  void tell(LoggedTrial trial) {
    TrialView view = view(trial);
    tell(observer -> observer.changed(view));
  }

  /**
   * @param trial that the point is of
   */
  void tell(MetricPoint point, Trial trial) {
    tell(observer -> observer.measured(point, trial));
  }

  static TrialView view(LoggedTrial trial) {
    return new TrialView(
        trial.id(),
        trial.state(),
        trial.attemptsSpent(),
        trial.owner().map(LoggedTrial.Owner::worker),
        trial.end().map(LoggedTrial.End::outcome));
  }

  // What an observer does wrong must not end the coordinator.
  private void tell(Consumer<Observer> word) {
    for (Observer observer : observers) {
      try {
        word.accept(observer);
      } catch (RuntimeException e) {
        LOG.error("an observer failed", e);
      }
    }
  }
}
