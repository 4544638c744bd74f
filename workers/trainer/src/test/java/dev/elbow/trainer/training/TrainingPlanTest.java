package dev.elbow.trainer.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.elbow.api.Training;
import dev.elbow.api.plugin.Options;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TrainingPlanTest {
  @Test
  void trainsOnTheLastSmallerBatch() {
    TrainingPlan plan = plan(Map.of("epochs", 2, "batchSize", 4), 10);
    assertEquals(3, plan.stepsPerEpoch());
    assertEquals(6, plan.steps());
    assertEquals(
        List.of(4, 4, 2, 4, 4, 2), LongStream.range(0, 6).mapToObj(plan::batchSize).toList());
  }

  @Test
  void evaluatesAfterEachEpoch() {
    assertEquals(List.of(3L, 6L), evaluated(plan(Map.of("epochs", 2, "batchSize", 4), 10)));
  }

  @Test
  void evaluatesEverySoManyStepsAndAtTheEnd() {
    Map<String, Object> options = Map.of("steps", 10, "evaluateEvery", 4, "batchSize", 4);
    assertEquals(List.of(4L, 8L, 10L), evaluated(plan(options, 10)));
  }

  @Test
  void countsAnEpochThatHasBegun() {
    TrainingPlan plan = plan(Map.of("steps", 10, "evaluateEvery", 4, "batchSize", 4), 10);
    assertEquals(2, plan.epochsBegun(4));
    assertEquals(3, plan.epochsBegun(8));
    assertEquals(1, plan.epochsBegun(3));
  }

  @Test
  void stopsACallWhereAnEpochEndsOrAnEvaluationIsDue() {
    TrainingPlan plan = plan(Map.of("steps", 10, "evaluateEvery", 4, "batchSize", 4), 10);
    assertEquals(
        List.of(3L, 1L, 2L, 2L, 1L, 1L),
        List.of(0L, 3L, 4L, 6L, 8L, 9L).stream().map(plan::stepsUntilNextEvent).toList());
  }

  private static List<Long> evaluated(TrainingPlan plan) {
    return LongStream.rangeClosed(0, plan.steps()).filter(plan::isEvaluated).boxed().toList();
  }

  private static TrainingPlan plan(Map<String, ?> options, int images) {
    return new TrainingPlan(
        new Training(Options.check(Training.declared(), options).orThrow()), images);
  }
}
