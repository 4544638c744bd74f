package dev.elbow.coordinator.http;

import dev.elbow.api.Trial;
import dev.elbow.api.TrialId;
import dev.elbow.coordinator.Observer;
import dev.elbow.coordinator.TrialView;
import dev.elbow.coordinator.client.CurvePoint;
import dev.elbow.coordinator.ledger.TrialState;
import dev.elbow.messaging.MetricPoint;
import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Curves of trials that run or did not complete, as far as they were heard. Bounded: long ones are
 * thinned out, and the trial that was heard of least recently is forgotten. For one event loop; the
 * observer's methods for any.
 */
final class LiveCurves implements Observer {
  private static final int MOST_POINTS = 50_000;
  private static final int MOST_POINTS_A_TRIAL = 2000;

  private final Context loop;
  private final Map<TrialId, List<CurvePoint>> curves = new LinkedHashMap<>(16, 0.75f, true);
  private int points;

  LiveCurves(Context loop) {
    this.loop = loop;
  }

  @Override
  public void measured(MetricPoint point, Trial trial) {
    loop.runOnContext(now -> add(point.trial(), CurvePoints.of(point.evaluation())));
  }

  // Its whole curve is in its files.
  @Override
  public void changed(TrialView trial) {
    if (trial.state() == TrialState.COMPLETED) {
      loop.runOnContext(now -> forget(trial.id()));
    }
  }

  private void forget(TrialId trial) {
    List<CurvePoint> gone = curves.remove(trial);
    points -= gone == null ? 0 : gone.size();
  }

  @Override
  public void deleted(String sweep) {
    loop.runOnContext(now -> forget(sweep));
  }

  void forget(String sweep) {
    List<TrialId> gone =
        curves.keySet().stream().filter(trial -> trial.sweep().equals(sweep)).toList();
    gone.forEach(this::forget);
  }

  void add(TrialId trial, CurvePoint point) {
    List<CurvePoint> curve = curves.computeIfAbsent(trial, fresh -> new ArrayList<>());
    int before = curve.size();
    // Another attempt goes on at a checkpoint, or begins anew: what it trains again counts.
    curve.removeIf(known -> known.step() >= point.step());
    curve.add(point);
    if (curve.size() > MOST_POINTS_A_TRIAL) {
      thin(curve);
    }
    points += curve.size() - before;
    while (points > MOST_POINTS && curves.size() > 1) {
      forget(curves.keySet().iterator().next());
    }
  }

  private static void thin(List<CurvePoint> curve) {
    List<CurvePoint> half = new ArrayList<>();
    for (int i = curve.size() - 1; i >= 0; i -= 2) {
      half.add(0, curve.get(i));
    }
    curve.clear();
    curve.addAll(half);
  }

  /** What was heard of a trial; empty if nothing was. */
  List<CurvePoint> of(TrialId trial) {
    return List.copyOf(curves.getOrDefault(trial, List.of()));
  }
}
