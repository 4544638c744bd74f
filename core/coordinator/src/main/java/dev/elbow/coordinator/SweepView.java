package dev.elbow.coordinator;

import dev.elbow.coordinator.ledger.TrialState;
import dev.elbow.coordinator.sweep.Goal;
import dev.elbow.messaging.Heartbeat;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A sweep at one moment. Immutable.
 *
 * @param sweep its name
 * @param trials how many it has in all
 * @param counts how many trials are in each state; every state has an entry
 * @param running what slots are at, by trial
 * @param goal what decides which trial is best
 * @param best the best trial that has ended, if one has a figure
 * @param paused whether no further trials are queued
 * @param waiting why trials wait although nothing of this sweep runs: no worker, or what the
 *     workers lack; empty if they do not
 * @param about what people say of it
 */
public record SweepView(
    String sweep,
    int trials,
    Map<TrialState, Integer> counts,
    List<Running> running,
    Goal goal,
    Optional<Best> best,
    boolean paused,
    Optional<String> waiting,
    About about) {
  public SweepView {
    counts = java.util.Collections.unmodifiableMap(new EnumMap<>(counts));
    running = List.copyOf(running);
  }

  /**
   * A slot at work.
   *
   * @param worker its worker
   * @param execution what its worker last said of it
   */
  public record Running(String worker, Heartbeat.Execution execution) {}

  /**
   * What decides nothing.
   *
   * @param description free text; may be empty
   * @param tags free words
   * @param submittedAt when it was handed in, by the clock of the coordinator that took it
   */
  public record About(String description, List<String> tags, Instant submittedAt) {
    public About {
      tags = List.copyOf(tags);
    }
  }

  /** The best trial and its figure. */
  public record Best(int trial, double figure) {}

  /** How many trials are in {@code state}. */
  public int count(TrialState state) {
    return counts.get(state);
  }

  /** Whether every trial has ended and its files are in their place. */
  public boolean finished() {
    return counts.entrySet().stream()
            .filter(entry -> entry.getKey().ended())
            .mapToInt(Map.Entry::getValue)
            .sum()
        == trials;
  }
}
