package dev.elbow.inference;

/**
 * Diagonal Gaussians over codes, one for each image, one after the other. Immutable as long as
 * nobody writes to its arrays.
 *
 * @param mu means, {@code [batch, latent]} in row-major order
 * @param logvar logarithms of the variances, likewise
 */
public record Encoding(float[] mu, float[] logvar) {

  /**
   * One code drawn from each Gaussian.
   *
   * @param temperature factor of the standard deviations, at least 0; 0 gives the means
   * @param seed of the noise: equal seeds give equal codes
   */
  public float[] sample(long seed, double temperature) {
    float[] codes = Codes.normal(seed, mu.length, temperature);
    for (int i = 0; i < codes.length; i++) {
      codes[i] = (float) (mu[i] + Math.exp(0.5 * logvar[i]) * codes[i]);
    }
    return codes;
  }

  /**
   * The Kullback–Leibler divergence of each image's Gaussian from the standard normal one, in nats
   * (Kingma and Welling 2014, appendix B).
   *
   * @param latent values of a code
   */
  public double[] kl(int latent) {
    double[] sums = new double[mu.length / latent];
    for (int i = 0; i < mu.length; i++) {
      sums[i / latent] += kl(mu[i], logvar[i]);
    }
    return sums;
  }

  /**
   * The same by latent dimension, averaged over the images: which dimensions say something.
   *
   * @param latent values of a code
   */
  public double[] klPerDimension(int latent) {
    double[] means = new double[latent];
    int images = mu.length / latent;
    for (int i = 0; i < mu.length; i++) {
      means[i % latent] += kl(mu[i], logvar[i]) / images;
    }
    return means;
  }

  private static double kl(double mu, double logvar) {
    return 0.5 * (mu * mu + Math.exp(logvar) - 1 - logvar);
  }
}
