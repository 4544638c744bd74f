package dev.elbow.coordinator.client;

import java.util.List;

/**
 * Files that would be removed, or were: answer to {@code GET /api/sweeps/{sweep}/usage}, to {@code
 * DELETE} and to {@code POST …/prune}.
 *
 * @param sweep whose they are
 * @param trials how many trials they are of
 * @param files how many
 * @param sizeBytes of all of them
 * @param kept the trials that keep all their files, the best first; empty where the sweep is
 *     deleted
 */
public record SweepUsage(String sweep, int trials, int files, long sizeBytes, List<String> kept) {
  public SweepUsage {
    kept = List.copyOf(kept);
  }
}
