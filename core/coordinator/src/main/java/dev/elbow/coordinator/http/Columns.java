package dev.elbow.coordinator.http;

import dev.elbow.coordinator.TrialView;
import dev.elbow.coordinator.client.TrialColumns;
import dev.elbow.coordinator.client.TrialColumns.YardstickStatus;
import dev.elbow.coordinator.results.Results;
import dev.elbow.coordinator.results.Rows;
import dev.elbow.coordinator.sweep.Sweep;
import dev.elbow.coordinator.sweep.Yardstick;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** The trials of a sweep, column by column. For one thread. */
final class Columns {
  private final Sweep sweep;
  private final List<String> states = new ArrayList<>();
  private final List<Integer> attempts = new ArrayList<>();
  private final List<Long> seeds = new ArrayList<>();
  private final Map<String, List<Object>> parameters = new LinkedHashMap<>();
  private final Map<String, List<Float>> figures = new LinkedHashMap<>();
  private final List<String> failures = new ArrayList<>();
  private final List<Integer> yardstick = new ArrayList<>();
  private final Map<Yardstick, Integer> yardsticks = new LinkedHashMap<>();

  Columns(Sweep sweep) {
    this.sweep = sweep;
    sweep.columns().forEach(name -> parameters.put(name, new ArrayList<>()));
    Results.FIGURES.forEach(name -> figures.put(name, new ArrayList<>()));
  }

  /** Adds a trial, which has to be the next by its number. */
  void add(TrialView trial) {
    int number = trial.id().number();
    states.add(trial.state().word());
    attempts.add(trial.attempts());
    seeds.add(sweep.seed(number));
    Map<String, Object> values = sweep.parameters(number);
    parameters.forEach((name, column) -> column.add(values.get(name)));
    Map<String, Double> known = trial.outcome().map(Rows::figures).orElse(Map.of());
    figures.forEach(
        (name, column) -> column.add(known.containsKey(name) ? finite(known.get(name)) : null));
    failures.add(trial.outcome().map(Rows::failure).orElse(""));
    yardstick.add(yardsticks.computeIfAbsent(sweep.yardstick(number), fresh -> yardsticks.size()));
  }

  // Seven digits are what a model computes with, and half as long to send.
  private static Float finite(double figure) {
    float shorter = (float) figure;
    return Float.isFinite(shorter) ? shorter : null;
  }

  /**
   * What was added.
   *
   * @param targets what a dataset's images are as targets, as a word
   */
  TrialColumns all(Function<Yardstick, String> targets) {
    figures.values().removeIf(column -> column.stream().allMatch(Objects::isNull));
    return new TrialColumns(
        sweep.name(),
        states,
        attempts,
        seeds,
        parameters,
        figures,
        failures,
        yardstick,
        yardsticks.keySet().stream().map(known -> status(known, targets.apply(known))).toList());
  }

  private static YardstickStatus status(Yardstick yardstick, String targets) {
    return new YardstickStatus(
        yardstick.dataset().plugin(),
        yardstick.dataset().options().values(),
        yardstick.likelihood(),
        targets);
  }
}
