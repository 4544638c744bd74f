package dev.elbow.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class GoalTest {
  @Test
  void moreIsBetterForRatios() {
    Goal goal = Goal.atLeast("rate", 1.35, 1.6);
    assertEquals("aim", goal.reached(1.6));
    assertEquals("must", goal.reached(1.35));
    assertEquals("-", goal.reached(1.34));
  }

  @Test
  void lessIsBetterForTimes() {
    Goal goal = Goal.atMost("start", "s", 5, 3);
    assertEquals("aim", goal.reached(2.9));
    assertEquals("must", goal.reached(5));
    assertEquals("-", goal.reached(5.1));
  }

  @Test
  void whatCouldNotBeMeasuredReachesNothing() {
    assertEquals("-", Goal.atMost("memory", "MB", 900, 600).reached(Double.NaN));
  }
}
