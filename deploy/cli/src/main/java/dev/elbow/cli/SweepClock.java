package dev.elbow.cli;

import dev.elbow.messaging.Heartbeat;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Estimates how far a slot is between two signs of life, and how long slots and the sweep still
 * take. Not thread-safe.
 */
final class SweepClock {
  // A slot that says nothing for longer is perhaps not getting on at all.
  private static final Duration LONGEST_GUESS = Duration.ofSeconds(4);

  private final Map<String, Seen> first = new HashMap<>();
  private final Map<String, Seen> last = new HashMap<>();

  private record Seen(double share, Duration at) {}

  /**
   * How much of its steps an execution has taken by now, from 0 to 1.
   *
   * @param batch images of one step
   * @param now time since any fixed moment
   */
  double share(Heartbeat.Execution execution, int batch, Duration now) {
    double told = told(execution);
    Seen seen = last.get(execution.execution());
    if (seen == null || seen.share() != told) {
      seen = new Seen(told, now);
      last.put(execution.execution(), seen);
    }
    if (execution.phase() != Heartbeat.Phase.TRAINING || execution.steps() == 0) {
      return told;
    }
    long silent = Math.min(now.minus(seen.at()).toMillis(), LONGEST_GUESS.toMillis());
    double steps = execution.imagesPerSecond() / batch * silent / 1000;
    return Math.min(1, told + steps / execution.steps());
  }

  /**
   * How long something still takes of which {@code share} is done; empty while nothing can be said.
   */
  Optional<Duration> left(String what, double share, Duration now) {
    Seen start = first.computeIfAbsent(what, key -> new Seen(share, now));
    double gained = share - start.share();
    Duration taken = now.minus(start.at());
    if (gained <= 0 || taken.toMillis() < 1000) {
      return Optional.empty();
    }
    return Optional.of(Duration.ofMillis(Math.round(taken.toMillis() * (1 - share) / gained)));
  }

  private static double told(Heartbeat.Execution execution) {
    return execution.steps() == 0 ? 0 : Math.min(1, (double) execution.step() / execution.steps());
  }
}
