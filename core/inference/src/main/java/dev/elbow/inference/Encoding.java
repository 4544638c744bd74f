package dev.elbow.inference;

/**
 * Diagonal Gaussians over codes, one for each image, one after the other.
 *
 * @param mu means, {@code [batch, latent]} in row-major order
 * @param logvar logarithms of the variances, likewise
 */
public record Encoding(float[] mu, float[] logvar) {}
