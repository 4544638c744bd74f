package dev.elbow.coordinator;

import dev.elbow.api.TrialId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The trials that are queued and that nobody has started, and for how long free slots have left
 * each alone. For one thread; times are of {@link System#nanoTime}.
 */
final class QueuedTrials {
  private final Duration patience;
  private final Map<TrialId, Long> waits = new HashMap<>();

  /**
   * @param patience how long a trial may wait while slots are free
   */
  QueuedTrials(Duration patience) {
    this.patience = patience;
  }

  /** A trial was queued, or sent again. */
  void add(TrialId trial, long nanos) {
    waits.put(trial, nanos);
  }

  /** As {@link #add}, unless it is there. */
  void addIfAbsent(TrialId trial, long nanos) {
    waits.putIfAbsent(trial, nanos);
  }

  void remove(TrialId trial) {
    waits.remove(trial);
  }

  void removeIf(Predicate<TrialId> which) {
    waits.keySet().removeIf(which);
  }

  boolean has(TrialId trial) {
    return waits.containsKey(trial);
  }

  int count() {
    return waits.size();
  }

  Set<TrialId> all() {
    return Set.copyOf(waits.keySet());
  }

  /** No slot was free until now, or nothing was heard: all begin to wait anew. */
  void resume(long nanos) {
    waits.replaceAll((trial, since) -> Math.max(since, nanos));
  }

  /** The trials that free slots should have taken long ago. */
  List<TrialId> late(long nanos) {
    return waits.keySet().stream()
        .filter(trial -> nanos - waits.get(trial) > patience.toNanos())
        .toList();
  }
}
