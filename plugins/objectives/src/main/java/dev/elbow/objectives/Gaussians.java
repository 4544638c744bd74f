package dev.elbow.objectives;

import dev.elbow.api.network.Tensor;

/** Logarithms of densities of independent normal numbers, each dimension for itself, in nats. */
final class Gaussians {
  private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

  private Gaussians() {}

  /** log N(z; mu, exp(logvar)). */
  static Tensor logDensity(Tensor z, Tensor mu, Tensor logvar) {
    Tensor distance = z.minus(mu).square().times(logvar.scale(-1).exp());
    return distance.plus(logvar).plus(LOG_TWO_PI).scale(-0.5);
  }

  /** log N(z; 0, 1). */
  static Tensor logPrior(Tensor z) {
    return z.square().plus(LOG_TWO_PI).scale(-0.5);
  }
}
