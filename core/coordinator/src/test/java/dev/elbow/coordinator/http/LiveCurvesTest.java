package dev.elbow.coordinator.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.TrialId;
import dev.elbow.coordinator.TrialView;
import dev.elbow.coordinator.client.CurvePoint;
import dev.elbow.coordinator.ledger.TrialState;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class LiveCurvesTest {
  private static final Vertx VERTX = Vertx.vertx();
  private static final Context LOOP = VERTX.getOrCreateContext();
  private static final TrialId TRIAL = new TrialId("s", 1);

  private final LiveCurves curves = new LiveCurves(LOOP);

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
  void forgetsACurveThatIsInTheFilesOfItsTrialAndNoOther() {
    TrialId failed = new TrialId("s", 2);
    List.of(TRIAL, failed).forEach(trial -> curves.add(trial, point(10, 1)));
    curves.changed(view(TRIAL, TrialState.RUNNING));
    curves.changed(view(failed, TrialState.FAILED));
    curves.changed(view(new TrialId("s", 3), TrialState.COMPLETED));
    settle();
    assertEquals(2, curves.of(TRIAL).size() + curves.of(failed).size());
    curves.changed(view(TRIAL, TrialState.COMPLETED));
    settle();
    assertEquals(List.of(), curves.of(TRIAL));
    assertEquals(1, curves.of(failed).size());
  }

  /** What was said so far has been heard. */
  private static void settle() {
    CompletableFuture<Void> heard = new CompletableFuture<>();
    LOOP.runOnContext(now -> heard.complete(null));
    heard.join();
  }

  private static TrialView view(TrialId trial, TrialState state) {
    return new TrialView(trial, state, 1, Optional.empty(), Optional.empty());
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
