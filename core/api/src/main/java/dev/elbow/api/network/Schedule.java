package dev.elbow.api.network;

/**
 * A figure that changes as training goes on, for example the weight of the KL term during warm-up.
 * Pure.
 */
@FunctionalInterface
public interface Schedule {
  /** The figure for the optimizer step that is made at {@code moment}. */
  double at(Moment moment);
}
