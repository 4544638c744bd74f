package dev.elbow.objectives;

import dev.elbow.api.plugin.Objective;
import dev.elbow.testkit.ObjectiveContract;
import java.util.List;
import java.util.Map;

class ImportanceObjectiveIT extends ObjectiveContract {
  @Override
  protected Objective plugin() {
    return new ImportanceObjective();
  }

  @Override
  protected List<Map<String, Object>> variants() {
    return List.of(
        Map.of(),
        Map.of("samples", 1),
        Map.of("gradient", "dreg"),
        Map.of("gradient", "dreg", "samples", 1),
        Map.of("samples", 2, "likelihood", "gaussian", "sigma", 0.5));
  }
}
