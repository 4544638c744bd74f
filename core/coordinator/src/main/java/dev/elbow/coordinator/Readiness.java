package dev.elbow.coordinator;

import java.util.List;

/**
 * How a coordinator is.
 *
 * @param isAlive false if it can never do anything again but be started anew
 * @param isActive whether it decides; otherwise it stands by
 * @param leader the name of the coordinator that was active last; empty text before the first
 * @param leaderAddress its URL; empty text if it has none
 * @param problems why it cannot serve now, one sentence each; empty if it can
 */
public record Readiness(
    boolean isAlive, boolean isActive, String leader, String leaderAddress, List<String> problems) {
  public Readiness {
    problems = List.copyOf(problems);
  }

  /** Whether it answers truly; one that stands by does so too. */
  public boolean isReady() {
    return isAlive && problems.isEmpty();
  }
}
