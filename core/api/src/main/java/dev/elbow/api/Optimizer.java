package dev.elbow.api;

/** How gradients change weights. */
public sealed interface Optimizer {
  /** Adam (Kingma and Ba 2015, algorithm 1), with bias correction. */
  record Adam(double beta1, double beta2, double epsilon) implements Optimizer {}

  /**
   * Stochastic gradient descent as PyTorch has it: {@code velocity = momentum × velocity +
   * gradient}.
   */
  record Sgd(double momentum) implements Optimizer {}
}
