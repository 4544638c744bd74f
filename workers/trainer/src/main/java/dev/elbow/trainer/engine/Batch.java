package dev.elbow.trainer.engine;

/**
 * Some images together with the noise that their codes are drawn with. Arrays are not changed.
 *
 * @param source where the images are
 * @param images their numbers in {@code source}
 * @param noise standard normal, {@code latent} values for each image, one image after the other
 */
public record Batch(StoredImages source, int[] images, float[] noise) {}
