package dev.elbow.inference;

/**
 * What a model loses on each of several images.
 *
 * @param reconstruction as the {@link PixelLoss} has it, one for each image
 * @param kl in nats, likewise
 */
public record ImageLosses(double[] reconstruction, double[] kl) {

  /** Their sums: −ELBO in nats where the reconstruction is that of the model's likelihood. */
  public double[] loss() {
    double[] sums = new double[kl.length];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = reconstruction[i] + kl[i];
    }
    return sums;
  }
}
