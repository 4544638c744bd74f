package dev.elbow.coordinator.http;

import dev.elbow.api.Trial;
import dev.elbow.api.TrialId;
import dev.elbow.coordinator.Observer;
import dev.elbow.coordinator.TrialView;
import dev.elbow.coordinator.client.CurvePoint;
import dev.elbow.coordinator.client.LatentPoint;
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
  // So that a thousand dimensions take no more memory than as many points of a curve.
  private static final int DIMENSIONS_A_POINT = 32;

  private final Map<TrialId, List<Heard>> curves = new LinkedHashMap<>(16, 0.75f, true);
  private int points;

  /** An evaluation. */
  record Heard(CurvePoint point, LatentPoint latents) {
    int points() {
      return 1 + latents.kl().size() / DIMENSIONS_A_POINT;
    }
  }

  LiveCurves(Context loop) {
    this.loop = loop;
  }

  @Override
  public void measured(MetricPoint point, Trial trial) {
    Heard heard =
        new Heard(CurvePoints.of(point.evaluation()), LatentPoints.of(point.evaluation()));
    loop.runOnContext(now -> add(point.trial(), heard));
  }

  // Its whole curve is in its files.
  @Override
  public void changed(TrialView trial) {
    if (trial.state() == TrialState.COMPLETED) {
      loop.runOnContext(now -> forget(trial.id()));
    }
  }

  private void forget(TrialId trial) {
    List<Heard> gone = curves.remove(trial);
    points -= gone == null ? 0 : points(gone);
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

  private static int points(List<Heard> curve) {
    return curve.stream().mapToInt(Heard::points).sum();
  }

  void add(TrialId trial, Heard heard) {
    List<Heard> curve = curves.computeIfAbsent(trial, fresh -> new ArrayList<>());
    points -= points(curve);
    // Another attempt goes on at a checkpoint, or begins anew: what it trains again counts.
    curve.removeIf(known -> known.point().step() >= heard.point().step());
    curve.add(heard);
    if (curve.size() > 1 && points(curve) > MOST_POINTS_A_TRIAL) {
      thin(curve);
    }
    points += points(curve);
    while (points > MOST_POINTS && curves.size() > 1) {
      forget(curves.keySet().iterator().next());
    }
  }

  private static void thin(List<Heard> curve) {
    List<Heard> half = new ArrayList<>();
    for (int i = curve.size() - 1; i >= 0; i -= 2) {
      half.add(0, curve.get(i));
    }
    curve.clear();
    curve.addAll(half);
  }

  /** What was heard of a trial; empty if nothing was. */
  List<CurvePoint> of(TrialId trial) {
    return curves.getOrDefault(trial, List.of()).stream().map(Heard::point).toList();
  }

  /** What was heard of its latent dimensions; empty if nothing was. */
  List<LatentPoint> latents(TrialId trial) {
    return curves.getOrDefault(trial, List.of()).stream()
        .map(Heard::latents)
        .filter(LatentPoints::isFinite)
        .toList();
  }
}
