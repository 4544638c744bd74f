package dev.elbow.trainer.engine;

/**
 * Sums over the images of a batch, accumulated in double.
 *
 * @param reconstruction in nats
 * @param kl in nats
 * @param klPerDimension in nats, {@code [latent]}
 * @param mu of the posterior means, {@code [latent]}
 * @param muSquares of their squares, {@code [latent]}
 */
public record EvaluationSums(
    double reconstruction, double kl, double[] klPerDimension, double[] mu, double[] muSquares) {}
