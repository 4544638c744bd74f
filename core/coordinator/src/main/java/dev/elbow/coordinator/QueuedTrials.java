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
  private final Map<TrialId, Wait> waits = new HashMap<>();

  /**
   * @param patience how long a trial may wait while slots are free
   */
  QueuedTrials(Duration patience) {
    this.patience = patience;
  }

  /**
   * @param patience with this one, which outlasts the time in which no slot is free
   */
  private record Wait(long since, Duration patience) {
    Wait notBefore(long nanos) {
      return new Wait(Math.max(since, nanos), patience);
    }

    boolean isOver(long nanos) {
      return nanos - since > patience.toNanos();
    }
  }

  /** A trial was queued, or sent again. */
  void add(TrialId trial, long nanos) {
    waits.put(trial, new Wait(nanos, patience));
  }

  /** As {@link #add}, unless it is there. */
  void addIfAbsent(TrialId trial, long nanos) {
    waits.putIfAbsent(trial, new Wait(nanos, patience));
  }

  /** A trial was queued before this coordinator began, which has less patience with it. */
  void inherit(TrialId trial, long nanos, Duration pause) {
    waits.put(trial, new Wait(nanos, pause));
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
    waits.replaceAll((trial, wait) -> wait.notBefore(nanos));
  }

  /** The trials that free slots should have taken long ago. */
  List<TrialId> late(long nanos) {
    return waits.keySet().stream().filter(trial -> waits.get(trial).isOver(nanos)).toList();
  }
}
