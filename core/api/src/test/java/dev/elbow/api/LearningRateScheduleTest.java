package dev.elbow.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.elbow.api.LearningRateSchedule.Constant;
import dev.elbow.api.LearningRateSchedule.Cosine;
import dev.elbow.api.LearningRateSchedule.Multistep;
import java.util.List;
import org.junit.jupiter.api.Test;

class LearningRateScheduleTest {
  @Test
  void constantIsOne() {
    assertEquals(1, new Constant(0).factor(0, 10));
    assertEquals(1, new Constant(0).factor(9, 10));
  }

  @Test
  void warmupReachesTheWholeRateWithItsLastStep() {
    LearningRateSchedule schedule = new Constant(4);
    assertEquals(0.25, schedule.factor(0, 10));
    assertEquals(1, schedule.factor(3, 10));
    assertEquals(1, schedule.factor(4, 10));
  }

  @Test
  void cosineFallsFromOneTowardsItsEnd() {
    LearningRateSchedule schedule = new Cosine(0, 0.2);
    assertEquals(1, schedule.factor(0, 100));
    assertEquals(0.6, schedule.factor(50, 100), 1e-12);
    assertEquals(0.2, schedule.factor(100, 100), 1e-12);
    assertEquals(0.2 + 0.4 * (1 + Math.cos(Math.PI / 4)), schedule.factor(25, 100), 1e-12);
  }

  @Test
  void warmupAndCosineMultiply() {
    LearningRateSchedule schedule = new Cosine(100, 0);
    assertEquals(0.51 * 0.5 * (1 + Math.cos(Math.PI / 4)), schedule.factor(50, 200), 1e-12);
  }

  @Test
  void multistepFallsAtEachMilestone() {
    LearningRateSchedule schedule = new Multistep(0, List.of(10L, 20L), 0.5);
    assertEquals(1, schedule.factor(9, 30));
    assertEquals(0.5, schedule.factor(10, 30));
    assertEquals(0.5, schedule.factor(19, 30));
    assertEquals(0.25, schedule.factor(20, 30));
  }
}
