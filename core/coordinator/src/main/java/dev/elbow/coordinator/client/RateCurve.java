package dev.elbow.coordinator.client;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rate–distortion curve of one trial, whose model is for many weights of the KL term: answer to
 * {@code GET /api/sweeps/{sweep}/trials/{trial}/rate-distortion}.
 *
 * @param sweep its sweep
 * @param trial its number with at least four digits
 * @param points from the least weight to the most; empty until the trial is completed, and for a
 *     model of one weight
 */
public record RateCurve(String sweep, String trial, List<Point> points) {
  public RateCurve {
    points = List.copyOf(points);
  }

  /**
   * The model at one weight.
   *
   * @param beta the weight
   * @param figures by column of {@code rate_distortion.csv}; those that are no finite number are
   *     missing
   */
  public record Point(double beta, Map<String, Double> figures) {
    public Point {
      figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }
  }
}
