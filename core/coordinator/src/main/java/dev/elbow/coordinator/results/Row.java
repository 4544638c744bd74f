package dev.elbow.coordinator.results;

import java.util.Collections;
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
 * @param figures by column of {@link Results#FIGURES}; those that are not known are missing
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

  /** A figure, or NaN if it is not known. */
  public double figure(String column) {
    return figures.getOrDefault(column, Double.NaN);
  }
}
