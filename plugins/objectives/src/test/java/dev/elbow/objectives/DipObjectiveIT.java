package dev.elbow.objectives;

import dev.elbow.api.plugin.Objective;
import dev.elbow.testkit.ObjectiveContract;
import java.util.List;
import java.util.Map;

class DipObjectiveIT extends ObjectiveContract {
  @Override
  protected Objective plugin() {
    return new DipObjective();
  }

  @Override
  protected List<Map<String, Object>> variants() {
    return List.of(
        Map.of(),
        Map.of("type", "ii", "diagonal", 10),
        Map.of("offDiagonal", 0, "likelihood", "continuous-bernoulli"));
  }
}
