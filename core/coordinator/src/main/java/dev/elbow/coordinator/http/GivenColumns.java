package dev.elbow.coordinator.http;

import dev.elbow.coordinator.client.TrialColumns.YardstickStatus;
import dev.elbow.coordinator.sweep.Sweep;
import dev.elbow.coordinator.sweep.Yardstick;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * What is given with a sweep of each of its trials, by the column: it never changes, and takes most
 * of the time of an answer. Immutable.
 *
 * @param yardstick for each trial a place in {@code yardsticks}
 */
record GivenColumns(
    List<Long> seeds,
    Map<String, List<Object>> parameters,
    List<Integer> yardstick,
    List<YardstickStatus> yardsticks) {

  /**
   * @param targets what a dataset's images are as targets, as a word; may take long
   */
  static GivenColumns of(Sweep sweep, Function<Yardstick, String> targets) {
    Map<String, List<Object>> parameters = new LinkedHashMap<>();
    sweep.columns().forEach(name -> parameters.put(name, new ArrayList<>()));
    Map<Yardstick, Integer> yardsticks = new LinkedHashMap<>();
    List<Integer> yardstick = new ArrayList<>();
    for (Sweep.Given trial : sweep.given()) {
      parameters.forEach((name, column) -> column.add(trial.parameters().get(name)));
      yardstick.add(yardsticks.computeIfAbsent(trial.yardstick(), fresh -> yardsticks.size()));
    }
    return new GivenColumns(
        IntStream.rangeClosed(1, sweep.trialCount()).mapToObj(sweep::seed).toList(),
        parameters,
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
