package dev.elbow.objectives;

import dev.elbow.api.plugin.Objective;
import dev.elbow.testkit.ObjectiveContract;
import java.util.List;
import java.util.Map;

class MultiRateObjectiveIT extends ObjectiveContract {
  @Override
  protected Objective plugin() {
    return new MultiRateObjective();
  }

  @Override
  protected List<Map<String, Object>> variants() {
    return List.of(
        Map.of(), Map.of("betaMin", 2, "betaMax", 4.5, "likelihood", "gaussian", "sigma", 0.5));
  }
}
