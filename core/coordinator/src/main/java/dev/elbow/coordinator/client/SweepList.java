package dev.elbow.coordinator.client;

import java.util.List;

/**
 * Answer to {@code GET /api/sweeps}.
 *
 * @param sweeps in the order of submission, without their executions
 */
public record SweepList(List<SweepStatus> sweeps) {
  public SweepList {
    sweeps = List.copyOf(sweeps);
  }
}
