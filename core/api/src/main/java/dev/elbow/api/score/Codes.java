package dev.elbow.api.score;

/**
 * Posteriors of images: diagonal Gaussians, one for each image.
 *
 * @param latent size of a code, at least 1
 * @param mu means, {@code [images, latent]} in row-major order; not to be changed
 * @param logvar logarithms of the variances, likewise
 */
public record Codes(int latent, float[] mu, float[] logvar) {
  public Codes {
    if (latent < 1 || mu.length != logvar.length || mu.length % latent != 0) {
      throw new IllegalArgumentException(
          "codes of %d need as many mu as logvar, got (mu=%d, logvar=%d)"
              .formatted(latent, mu.length, logvar.length));
    }
  }

  /** How many images. */
  public int count() {
    return mu.length / latent;
  }

  /** The means of one dimension, an entry for each image. A new array. */
  public double[] means(int dimension) {
    double[] means = new double[count()];
    for (int i = 0; i < means.length; i++) {
      means[i] = mu[i * latent + dimension];
    }
    return means;
  }
}
