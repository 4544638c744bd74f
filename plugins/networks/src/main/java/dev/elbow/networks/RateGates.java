package dev.elbow.networks;

import dev.elbow.api.network.Conditions;
import dev.elbow.api.network.Shape;
import dev.elbow.api.network.Tensor;
import java.util.Optional;

/**
 * Makes one network many, one for each weight β of the KL term: what goes into an activation is
 * scaled, unit by unit, with sigmoid(w · log β + b), where w and b are learnt (Bae et al. 2023,
 * “Multi-Rate VAE: Train once, get the full rate–distortion curve”, its response hypernetwork and
 * figure 2). Channels are the units of images.
 *
 * @param logBeta {@code [1]}; empty where there is one weight, and nothing is scaled
 */
record RateGates(Optional<Tensor> logBeta) {
  static RateGates of(Conditions conditions) {
    return new RateGates(conditions.beta().map(beta -> beta.log().reshape(1)));
  }

  /** {@code h}, scaled by the gates of the layer {@code name}. */
  Tensor on(Tensor h, String name) {
    return logBeta.map(known -> h.times(gates(known, h.shape(), name + "_gate"))).orElse(h);
  }

  private static Tensor gates(Tensor logBeta, Shape shape, String name) {
    Tensor units = logBeta.linear(name, shape.dimension(0)).sigmoid();
    return shape.rank() == 1 ? units : units.spread(shape.dimension(1), shape.dimension(2));
  }
}
