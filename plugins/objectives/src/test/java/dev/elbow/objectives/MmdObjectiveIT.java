package dev.elbow.objectives;

import dev.elbow.api.plugin.Objective;
import dev.elbow.testkit.ObjectiveContract;
import java.util.List;
import java.util.Map;

class MmdObjectiveIT extends ObjectiveContract {
  @Override
  protected Objective plugin() {
    return new MmdObjective();
  }

  @Override
  protected List<Map<String, Object>> variants() {
    return List.of(
        Map.of(),
        Map.of("kernel", "rbf"),
        Map.of("alpha", 1, "lambda", 50),
        Map.of("kernel", "rbf", "bandwidth", 0.5, "alpha", -1, "lambda", 5));
  }
}
