package dev.elbow.trainer.engine;

/**
 * Some images together with the noise that their codes are drawn with, and what networks are told
 * beside them. Arrays are not changed.
 *
 * @param source where the images are
 * @param images their numbers in {@code source}
 * @param noise standard normal, {@code latent} values for each image, one image after the other
 * @param conditions the values of {@link dev.elbow.api.Vae#conditions} side by side, one image
 *     after the other; empty for a model without any
 */
public record Batch(StoredImages source, int[] images, float[] noise, float[] conditions) {
  /** For networks that are told nothing beside the images. */
  public Batch(StoredImages source, int[] images, float[] noise) {
    this(source, images, noise, new float[0]);
  }
}
