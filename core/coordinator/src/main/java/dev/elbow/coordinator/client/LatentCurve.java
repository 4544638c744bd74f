package dev.elbow.coordinator.client;

import java.util.List;

/**
 * What the latent dimensions of a trial told from evaluation to evaluation: answer to {@code GET
 * /api/sweeps/{sweep}/trials/{trial}/latents}.
 *
 * @param sweep its sweep
 * @param trial its number with at least four digits
 * @param complete as of a {@link Curve}
 * @param points in the order of training; those with a figure that is not finite are left out
 */
public record LatentCurve(String sweep, String trial, boolean complete, List<LatentPoint> points) {
  public LatentCurve {
    points = List.copyOf(points);
  }
}
