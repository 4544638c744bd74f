package dev.elbow.objectives;

import dev.elbow.api.plugin.Objective;
import dev.elbow.testkit.ObjectiveContract;
import java.util.List;
import java.util.Map;

class FreeBitsObjectiveIT extends ObjectiveContract {
  @Override
  protected Objective plugin() {
    return new FreeBitsObjective();
  }

  @Override
  protected List<Map<String, Object>> variants() {
    return List.of(Map.of(), Map.of("lambda", 0), Map.of("lambda", 0.05, "likelihood", "laplace"));
  }
}
