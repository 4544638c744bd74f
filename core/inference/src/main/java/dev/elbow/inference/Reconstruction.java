package dev.elbow.inference;

/**
 * What a whole model makes of images and noise; all in row-major order.
 *
 * @param xHat means of the likelihood, {@code [batch, channels, height, width]}
 * @param mu means of the posterior, {@code [batch, latent]}
 * @param logvar logarithms of its variances, likewise
 * @param z the codes that were decoded, {@code mu + exp(logvar / 2) · eps}, likewise
 */
public record Reconstruction(float[] xHat, float[] mu, float[] logvar, float[] z) {}
