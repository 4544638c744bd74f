package dev.elbow.coordinator.sweep;

import dev.elbow.api.PluginChoice;
import dev.elbow.api.network.Likelihood;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the losses of many configurations are measured by: what several share is looked at once. For
 * one thread.
 */
final class Yardsticks {
  private final Blueprint blueprint;
  private final Map<Map<List<String>, Object>, PluginChoice> datasets = new HashMap<>();
  private final Map<PluginChoice, Map<Likelihood, Yardstick>> known = new HashMap<>();

  Yardsticks(Blueprint blueprint) {
    this.blueprint = blueprint;
  }

  /**
   * @param chosen the configuration's values, by path
   */
  Yardstick of(Map<List<String>, Object> chosen) {
    Map<List<String>, Object> data = new HashMap<>(chosen);
    data.keySet().removeIf(path -> !path.get(0).equals(Section.DATASET.name()));
    PluginChoice dataset =
        datasets.computeIfAbsent(data, fresh -> Yardstick.dataset(blueprint, fresh));
    return known
        .computeIfAbsent(dataset, fresh -> new HashMap<>())
        .computeIfAbsent(blueprint.likelihood(chosen), fresh -> Yardstick.of(dataset, fresh));
  }
}
