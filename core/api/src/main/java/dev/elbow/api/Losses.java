package dev.elbow.api;

/**
 * Mean losses over a set of images, unweighted, in nats per image.
 *
 * @param reconstruction −log p(x | z), summed over pixels: the distortion
 * @param kl KL(q(z | x) ‖ N(0, 1)): the rate
 */
public record Losses(double reconstruction, double kl) {
  /** Their sum, the negative ELBO (Kingma and Welling 2014, equation 3). */
  public double loss() {
    return reconstruction + kl;
  }

  /** Whether both are numbers and finite. */
  public boolean finite() {
    return Double.isFinite(reconstruction) && Double.isFinite(kl);
  }
}
