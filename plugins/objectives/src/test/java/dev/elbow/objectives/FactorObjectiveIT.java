package dev.elbow.objectives;

import dev.elbow.api.plugin.Objective;
import dev.elbow.testkit.ObjectiveContract;
import java.util.List;
import java.util.Map;

class FactorObjectiveIT extends ObjectiveContract {
  @Override
  protected Objective plugin() {
    return new FactorObjective();
  }

  @Override
  protected List<Map<String, Object>> variants() {
    return List.of(
        Map.of("discriminatorHidden", List.of(20, 10)),
        Map.of("discriminatorHidden", List.of(7), "gamma", 2, "likelihood", "gaussian"));
  }
}
