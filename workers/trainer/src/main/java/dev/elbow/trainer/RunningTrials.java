package dev.elbow.trainer;

import dev.elbow.api.TrialId;
import dev.elbow.messaging.Control;
import dev.elbow.messaging.Heartbeat;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What all slots of a worker are at, and the coordinator's words to them. Thread-safe. */
final class RunningTrials {
  private final Set<RunningTrial> running = ConcurrentHashMap.newKeySet();
  private final Map<TrialId, Control.Stop> stops = new HashMap<>();
  private boolean leaving;

  /** A slot took {@code trial}; words that were said before it apply to it too. */
  synchronized void add(RunningTrial trial) {
    running.add(trial);
    Control.Stop stop = stops.get(trial.id());
    if (stop != null) {
      apply(stop, trial);
    }
    if (leaving) {
      trial.interrupt(new Interruption.HandedBack());
    }
  }

  void remove(RunningTrial trial) {
    running.remove(trial);
  }

  synchronized void hear(Control word) {
    if (word instanceof Control.Stop stop) {
      stops.merge(stop.trial(), stop, (a, b) -> a.attempt() > b.attempt() ? a : b);
      running.forEach(trial -> apply(stop, trial));
    } else if (word instanceof Control.Lost lost) {
      running.stream()
          .filter(trial -> trial.execution().equals(lost.execution()))
          .forEach(trial -> trial.interrupt(new Interruption.Lost()));
    }
  }

  private static void apply(Control.Stop stop, RunningTrial trial) {
    if (trial.id().equals(stop.trial()) && trial.attempt() <= stop.attempt()) {
      trial.interrupt(new Interruption.Stopped(stop.reason()));
    }
  }

  /** Every trial is to be handed back, those too that a slot still takes. */
  synchronized void leave() {
    leaving = true;
    running.forEach(trial -> trial.interrupt(new Interruption.HandedBack()));
  }

  synchronized boolean isLeaving() {
    return leaving;
  }

  boolean has(TrialId id) {
    return running.stream().anyMatch(trial -> trial.id().equals(id));
  }

  /** A copy. */
  List<RunningTrial> all() {
    return List.copyOf(running);
  }

  int count() {
    return running.size();
  }

  /** By slot. */
  List<Heartbeat.Execution> shown() {
    return running.stream()
        .map(RunningTrial::shown)
        .sorted(Comparator.comparingInt(Heartbeat.Execution::slot))
        .toList();
  }
}
