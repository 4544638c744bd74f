package dev.elbow.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.plugin.Options;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrainingTest {
  private static Training training(Map<String, Object> given) {
    return new Training(Options.check(Training.declared(), given).orThrow());
  }

  @Test
  void theDefaultsAreThoseOfTheTutorials() {
    Training training = training(Map.of());
    assertEquals(10, training.epochs());
    assertEquals(0, training.steps());
    assertEquals(128, training.batchSize());
    assertEquals(1e-3, training.learningRate());
    assertEquals(new Optimizer.Adam(0.9, 0.999, 1e-8), training.optimizer());
    assertEquals(new LearningRateSchedule.Constant(0), training.schedule());
    assertEquals(0, training.weightDecay());
    assertEquals(0, training.clipNorm());
    assertEquals("fp32", training.precision());
  }

  @Test
  void optimizersAndSchedulesHaveOptionsOfTheirOwn() {
    Training training =
        training(
            Map.of(
                "optimizer",
                Map.of("name", "sgd", "momentum", 0.9),
                "schedule",
                Map.of("name", "multistep", "milestones", List.of(5, 8), "factor", 0.5)));
    assertEquals(new Optimizer.Sgd(0.9), training.optimizer());
    assertEquals(new LearningRateSchedule.Multistep(0, List.of(5L, 8L), 0.5), training.schedule());
    assertEquals(
        new LearningRateSchedule.Cosine(7, 0.1),
        training(Map.of("schedule", Map.of("name", "cosine", "warmupSteps", 7, "final", 0.1)))
            .schedule());
    assertEquals(
        new Optimizer.Adam(0.5, 0.9, 1e-8),
        training(Map.of("optimizer", Map.of("name", "adam", "betas", List.of(0.5, 0.9))))
            .optimizer());
  }

  @Test
  void thePrecisionIsOneOfTwoOrLeftOpen() {
    Training open = training(Map.of("precision", "auto", "epochs", 7));
    assertEquals("auto", open.precision());
    assertEquals(training(Map.of("epochs", 7)), open.withPrecision("fp32"));
    assertEquals(
        training(Map.of("precision", "bf16", "epochs", 7)), open.withPrecision(Training.BF16));
    String refused =
        Options.check(Training.declared(), Map.of("precision", "fp16")).problems().get(0).message();
    assertTrue(refused.contains("fp32, bf16, auto"), refused);
  }

  @Test
  void epochsAndStepsExcludeEachOther() {
    assertEquals(List.of(), Training.problems(Set.of("epochs")));
    assertEquals(List.of(), Training.problems(Set.of("steps", "evaluateEvery")));
    assertEquals("steps", Training.problems(Set.of("steps", "epochs")).get(0).option());
    assertEquals("evaluateEvery", Training.problems(Set.of("evaluateEvery")).get(0).option());
  }
}
