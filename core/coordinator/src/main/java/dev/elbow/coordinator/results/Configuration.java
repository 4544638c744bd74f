package dev.elbow.coordinator.results;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The trials that differ in nothing but their seed.
 *
 * @param parameters text of each varied parameter
 * @param runs the trials, by number
 */
public record Configuration(Map<String, String> parameters, List<Row> runs) {
  public Configuration {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    runs = List.copyOf(runs);
  }

  /**
   * A figure over several runs.
   *
   * @param runs how many have the figure
   * @param mean NaN if none has
   * @param deviation the sample standard deviation; NaN below two runs
   */
  public record Spread(int runs, double mean, double deviation) {}

  /** Mean and spread of a figure over the runs that have it. */
  public Spread spread(String column) {
    double[] figures =
        runs.stream().mapToDouble(run -> run.figure(column)).filter(Double::isFinite).toArray();
    double mean = java.util.Arrays.stream(figures).average().orElse(Double.NaN);
    double squares = java.util.Arrays.stream(figures).map(f -> (f - mean) * (f - mean)).sum();
    double deviation = figures.length < 2 ? Double.NaN : Math.sqrt(squares / (figures.length - 1));
    return new Spread(figures.length, mean, deviation);
  }
}
