package dev.elbow.api.network;

/**
 * What an encoder gives: a diagonal Gaussian over codes.
 *
 * @param mu its mean, {@code [latent]}
 * @param logvar the logarithm of its variance, {@code [latent]}
 */
public record Posterior(Tensor mu, Tensor logvar) {}
