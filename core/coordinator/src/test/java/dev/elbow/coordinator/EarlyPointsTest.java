package dev.elbow.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.TrialId;
import dev.elbow.messaging.MetricPoint;
import java.util.List;
import org.junit.jupiter.api.Test;

class EarlyPointsTest {
  private final EarlyPoints points = new EarlyPoints();

  private static MetricPoint point(String execution) {
    return new MetricPoint(new TrialId("s", 1), 1, execution, TestWorker.evaluation(100));
  }

  @Test
  void handsOutThePointsOfAnExecutionOnce() {
    points.keep(point("a"));
    points.keep(point("b"));
    points.keep(point("a"));
    assertEquals(List.of(point("a"), point("a")), points.take("a"));
    assertEquals(List.of(), points.take("a"));
  }

  @Test
  void keepsNoMoreOfExecutionsThatNeverBeginThanOthersLeaveRoomFor() {
    for (int number = 0; number < 5000; number++) {
      points.keep(point("loser " + number % 3));
    }
    points.keep(point("early"));
    int kept = 0;
    for (int loser = 0; loser < 3; loser++) {
      kept += points.take("loser " + loser).size();
    }
    assertEquals(1, points.take("early").size());
    assertTrue(kept < 1000, kept + " points");
  }
}
