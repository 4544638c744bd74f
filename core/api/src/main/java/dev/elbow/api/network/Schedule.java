package dev.elbow.api.network;

/**
 * A figure that changes as training goes on, for example the weight of the KL term during warm-up.
 * Pure.
 */
@FunctionalInterface
public interface Schedule {
  /**
   * The figure for one optimizer step.
   *
   * @param step counted from 0 over the whole trial
   */
  double at(long step);
}
