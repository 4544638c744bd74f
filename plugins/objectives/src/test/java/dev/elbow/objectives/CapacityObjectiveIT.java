package dev.elbow.objectives;

import dev.elbow.api.plugin.Objective;
import dev.elbow.testkit.ObjectiveContract;
import java.util.List;
import java.util.Map;

class CapacityObjectiveIT extends ObjectiveContract {
  @Override
  protected Objective plugin() {
    return new CapacityObjective();
  }

  @Override
  protected List<Map<String, Object>> variants() {
    return List.of(
        Map.of(),
        Map.of("capacity", 3, "capacitySteps", 1500, "gamma", 10, "likelihood", "gaussian"));
  }
}
