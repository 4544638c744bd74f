package dev.elbow.coordinator.client;

import java.util.List;

/**
 * Answer to {@code POST /api/sweeps}.
 *
 * @param sweep its name
 * @param trials how many it has
 * @param created whether it is new; otherwise it was there before and goes on
 * @param notices sentences for people about what is not as one might think
 */
public record SubmittedSweep(String sweep, int trials, boolean created, List<String> notices) {
  public SubmittedSweep {
    notices = List.copyOf(notices);
  }
}
