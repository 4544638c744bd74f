package dev.elbow.coordinator.client;

import java.util.List;

/**
 * A trial from evaluation to evaluation: answer to {@code GET
 * /api/sweeps/{sweep}/trials/{trial}/curve}.
 *
 * @param sweep its sweep
 * @param trial its number with at least four digits
 * @param complete whether it is that of an ended trial; otherwise what this coordinator has heard
 *     so far, and of very long curves not every point
 * @param points in the order of training
 */
public record Curve(String sweep, String trial, boolean complete, List<CurvePoint> points) {
  public Curve {
    points = List.copyOf(points);
  }
}
