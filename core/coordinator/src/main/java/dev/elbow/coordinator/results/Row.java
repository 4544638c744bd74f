package dev.elbow.coordinator.results;

import dev.elbow.coordinator.sweep.Goal;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A trial in {@code results.csv}.
 *
 * @param trial its number, from 1
 * @param state as {@link dev.elbow.coordinator.ledger.TrialState#word} has it
 * @param attempts how often it was queued
 * @param seed of its random streams
 * @param parameters text of each varied parameter; empty text where the trial does not have it
 * @param figures by column: those of {@link Results#FIGURES}, then {@link Results#scores}; those
 *     that are not known are missing
 * @param failure the kind of failure, or empty
 * @param message why it failed or stopped, or empty
 */
public record Row(
    int trial,
    String state,
    int attempts,
    long seed,
    Map<String, String> parameters,
    Map<String, Double> figures,
    String failure,
    String message) {
  public Row {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
  }

  /** The best by a goal first, those without its figure last, equals by trial. */
  public static Comparator<Row> bestFirst(Goal goal) {
    return Comparator.comparing((Row row) -> row.figure(goal.column()), goal.bestFirst())
        .thenComparing(Row::trial);
  }

  /** A figure, or NaN if it is not known. */
  public double figure(String column) {
    return figures.getOrDefault(column, Double.NaN);
  }
}
