package dev.elbow.cli.verify;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is known of a trial that was trained.
 *
 * @param trial its number
 * @param seed of its random streams
 * @param parameters text of each varied parameter
 * @param figures by column; those that are not known are missing
 */
public record Measured(
    int trial, long seed, Map<String, String> parameters, Map<String, Double> figures) {
  public Measured {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
  }

  /** A figure, or NaN if it is not known. */
  public double figure(String column) {
    return figures.getOrDefault(column, Double.NaN);
  }

  /** Whether its parameters have all of these values. */
  boolean has(Map<String, String> values) {
    return values.entrySet().stream()
        .allMatch(value -> value.getValue().equals(parameters.get(value.getKey())));
  }
}
