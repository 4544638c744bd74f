package dev.elbow.coordinator.http;

import dev.elbow.coordinator.TrialView;
import dev.elbow.coordinator.client.TrialColumns;
import dev.elbow.coordinator.results.Results;
import dev.elbow.coordinator.results.Rows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The trials of a sweep at one moment, column by column. For one thread. */
final class Columns {
  private final List<String> states = new ArrayList<>();
  private final List<Integer> attempts = new ArrayList<>();
  private final Map<String, List<Float>> figures = new LinkedHashMap<>();
  private final List<String> failures = new ArrayList<>();

  /**
   * @param scores columns of scores
   */
  Columns(List<String> scores) {
    Results.FIGURES.forEach(name -> figures.put(name, new ArrayList<>()));
    scores.forEach(name -> figures.put(name, new ArrayList<>()));
  }

  /**
   * Adds a trial, which has to be the next by its number.
   *
   * @param known its figures
   */
  void add(TrialView trial, Map<String, Double> known) {
    states.add(trial.state().word());
    attempts.add(trial.attempts());
    figures.forEach((name, column) -> column.add(shorter(known.get(name))));
    failures.add(trial.outcome().map(Rows::failure).orElse(""));
  }

  // Seven digits are what a model computes with, and half as long to send.
  private static Float shorter(Double figure) {
    return figure == null || !Float.isFinite(figure.floatValue()) ? null : figure.floatValue();
  }

  /** What was added, with what is given of all trials. */
  TrialColumns all(String sweep, GivenColumns given) {
    figures.values().removeIf(column -> column.stream().allMatch(Objects::isNull));
    return new TrialColumns(
        sweep,
        states,
        attempts,
        given.seeds(),
        given.parameters(),
        figures,
        failures,
        given.yardstick(),
        given.yardsticks());
  }
}
