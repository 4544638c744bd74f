package dev.elbow.coordinator.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.TrialId;
import dev.elbow.coordinator.client.CurvePoint;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class LiveCurvesTest {
  private static final Vertx VERTX = Vertx.vertx();
  private static final TrialId TRIAL = new TrialId("s", 1);

  private final LiveCurves curves = new LiveCurves(VERTX.getOrCreateContext());

  @AfterAll
  static void close() {
    VERTX.close();
  }

  private static CurvePoint point(long step, double loss) {
    return new CurvePoint(1, step, Map.of("test_loss", loss));
  }

  private List<Long> steps(TrialId trial) {
    return curves.of(trial).stream().map(CurvePoint::step).toList();
  }

  @Test
  void replacesWhatALaterAttemptTrainsAgain() {
    List.of(10, 20, 30).forEach(step -> curves.add(TRIAL, point(step, 1)));
    curves.add(TRIAL, point(20, 2));
    assertEquals(List.of(10L, 20L), steps(TRIAL));
    assertEquals(2.0, curves.of(TRIAL).get(1).figures().get("test_loss"));
  }

  @Test
  void thinsOutALongCurveAndKeepsItsLastPoint() {
    for (int step = 1; step <= 10_000; step++) {
      curves.add(TRIAL, point(step, step));
    }
    List<Long> steps = steps(TRIAL);
    assertTrue(steps.size() <= 2000, steps.size() + " points");
    assertTrue(steps.size() > 900, steps.size() + " points");
    assertEquals(10_000, steps.get(steps.size() - 1));
    assertEquals(steps.stream().sorted().toList(), steps);
  }

  @Test
  void forgetsTheTrialThatWasHeardOfLeastRecently() {
    for (int number = 1; number <= 60; number++) {
      for (int step = 1; step <= 1000; step++) {
        curves.add(new TrialId("s", number), point(step, step));
      }
      curves.add(TRIAL, point(2000 + number, 0));
    }
    assertEquals(List.of(), steps(new TrialId("s", 2)));
    assertTrue(steps(TRIAL).size() > 1000);
    assertEquals(1000, steps(new TrialId("s", 60)).size());
  }
}
