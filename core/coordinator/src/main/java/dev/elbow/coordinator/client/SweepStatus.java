package dev.elbow.coordinator.client;

import java.util.List;
import java.util.Optional;

/**
 * A sweep at one moment: answer to {@code GET /api/sweeps/{sweep}} and to commands, data of the
 * live event {@code sweep}.
 *
 * @param sweep its name
 * @param trials how many it has; the next six tell how many of them are in each state
 * @param paused whether no further trials are queued
 * @param finished whether every trial has ended and its files are in their place
 * @param waiting why trials wait although nothing of this sweep runs; empty if they do not
 * @param goal what decides which trial is best
 * @param best the best trial that has ended, if one has the goal's figure
 * @param executions what slots are at
 * @param description free text of its file; may be empty
 * @param tags free words of its file
 * @param submittedAt when it was handed in, as ISO 8601 in UTC
 */
public record SweepStatus(
    String sweep,
    int trials,
    int queued,
    int running,
    int completed,
    int stopped,
    int failed,
    int cancelled,
    boolean paused,
    boolean finished,
    Optional<String> waiting,
    GoalStatus goal,
    Optional<Best> best,
    List<ExecutionStatus> executions,
    String description,
    List<String> tags,
    String submittedAt) {
  public SweepStatus {
    executions = List.copyOf(executions);
    // A coordinator of an earlier release does not say.
    description = description == null ? "" : description;
    tags = tags == null ? List.of() : List.copyOf(tags);
    submittedAt = submittedAt == null ? "" : submittedAt;
  }

  /**
   * What decides tables, search and stopping.
   *
   * @param direction {@code minimize} or {@code maximize}
   * @param column a figure
   * @param instead the validation figure that was meant, where there is no validation split and
   *     {@code column} stands in for it
   */
  public record GoalStatus(String direction, String column, Optional<String> instead) {}

  /**
   * The best trial.
   *
   * @param trial its number with at least four digits
   * @param figure of the goal's column
   */
  public record Best(String trial, double figure) {}
}
