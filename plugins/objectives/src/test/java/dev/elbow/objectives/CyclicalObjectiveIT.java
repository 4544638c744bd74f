package dev.elbow.objectives;

import dev.elbow.api.plugin.Objective;
import dev.elbow.testkit.ObjectiveContract;
import java.util.List;
import java.util.Map;

class CyclicalObjectiveIT extends ObjectiveContract {
  @Override
  protected Objective plugin() {
    return new CyclicalObjective();
  }

  @Override
  protected List<Map<String, Object>> variants() {
    return List.of(Map.of(), Map.of("beta", 4, "cycles", 3, "rising", 1), Map.of("rising", 0));
  }
}
