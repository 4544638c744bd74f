package dev.elbow.trainer.engine;

/**
 * What was measured while training: for each step that was made, sums over its images. They are
 * kept apart, so that the caller's totals do not depend on how many steps one call makes.
 *
 * @param objective of what is minimised
 * @param reconstruction in nats
 * @param kl in nats
 * @param finite whether the last step's figures are finite; those of all steps before it are. A
 *     weight that is not shows in the figures of the step after, or else in an evaluation's
 */
public record StepSums(double[] objective, double[] reconstruction, double[] kl, boolean finite) {
  /** How many steps were made; fewer than asked for only where {@code finite} is false. */
  public int count() {
    return objective.length;
  }
}
