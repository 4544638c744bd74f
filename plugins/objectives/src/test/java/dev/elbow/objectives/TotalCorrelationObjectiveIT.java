package dev.elbow.objectives;

import dev.elbow.api.plugin.Objective;
import dev.elbow.testkit.ObjectiveContract;
import java.util.List;
import java.util.Map;

class TotalCorrelationObjectiveIT extends ObjectiveContract {
  @Override
  protected Objective plugin() {
    return new TotalCorrelationObjective();
  }

  @Override
  protected List<Map<String, Object>> variants() {
    return List.of(
        Map.of(),
        Map.of("sampling", "weighted"),
        Map.of("alpha", 0, "beta", 2, "gamma", 3),
        Map.of("likelihood", "gaussian", "sampling", "weighted", "beta", 1));
  }
}
