package dev.elbow.objectives;

import dev.elbow.api.plugin.Objective;
import dev.elbow.testkit.ObjectiveContract;
import java.util.List;
import java.util.Map;

class ElboObjectiveIT extends ObjectiveContract {
  @Override
  protected Objective plugin() {
    return new ElboObjective();
  }

  @Override
  protected List<Map<String, Object>> variants() {
    return List.of(
        Map.of(),
        Map.of("beta", 4, "warmupSteps", 10),
        Map.of("likelihood", "gaussian"),
        Map.of("likelihood", "laplace", "sigma", 0.2),
        Map.of("likelihood", "continuous-bernoulli"),
        Map.of("likelihood", "gaussian", "sigma", 0.1, "beta", 0.5));
  }
}
