package dev.elbow.api.network;

/**
 * How a parameter's values are drawn before the first step. The stream is keyed by the trial's seed
 * and the parameter's name, so that neither the order of layers nor other layers change it.
 */
public sealed interface Initialisation {
  /** Uniform in {@code [-bound, bound)}. */
  record Uniform(double bound) implements Initialisation {
    public Uniform {
      if (!(bound > 0 && Double.isFinite(bound))) {
        throw new IllegalArgumentException("bound must be positive and finite, got " + bound);
      }
    }
  }

  /** Every value the same. */
  record Constant(double value) implements Initialisation {}

  /**
   * PyTorch's default for linear and convolution layers, weights and biases alike: uniform within
   * {@code 1 / sqrt(fanIn)} (Kaiming uniform with a = sqrt(5), He et al. 2015).
   */
  static Initialisation fanIn(long fanIn) {
    return new Uniform(1 / Math.sqrt(fanIn));
  }
}
