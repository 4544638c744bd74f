package dev.elbow.coordinator.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.TrialId;
import dev.elbow.coordinator.TrialView;
import dev.elbow.coordinator.client.CurvePoint;
import dev.elbow.coordinator.client.LatentPoint;
import dev.elbow.coordinator.http.LiveCurves.Heard;
import dev.elbow.coordinator.ledger.TrialState;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.Collections;
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

  private static Heard point(long step, double loss) {
    return point(step, loss, List.of());
  }

  private static Heard point(long step, double loss, List<Double> kl) {
    return new Heard(
        new CurvePoint(1, step, Map.of("test_loss", loss)), new LatentPoint(1, step, kl, kl));
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
  void keepsWhatLatentDimensionsToldAndLeavesOutWhatIsNotFinite() {
    curves.add(TRIAL, point(10, 1, List.of(0.5, 2.0)));
    curves.add(TRIAL, point(20, 1, List.of(0.5, Double.POSITIVE_INFINITY)));
    assertEquals(
        List.of(new LatentPoint(1, 10, List.of(0.5, 2.0), List.of(0.5, 2.0))),
        curves.latents(TRIAL));
    assertEquals(2, curves.of(TRIAL).size());
    assertEquals(List.of(), curves.latents(new TrialId("s", 9)));
  }

  @Test
  void aCurveOfManyDimensionsHasFewerPoints() {
    for (int step = 1; step <= 1000; step++) {
      curves.add(TRIAL, point(step, step, Collections.nCopies(3200, 0.0)));
    }
    assertTrue(steps(TRIAL).size() <= 20, steps(TRIAL).size() + " points");
    assertEquals(1000, steps(TRIAL).get(steps(TRIAL).size() - 1));
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
