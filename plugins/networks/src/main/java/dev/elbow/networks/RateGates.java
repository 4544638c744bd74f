package dev.elbow.networks;

import dev.elbow.api.network.Conditions;
import dev.elbow.api.network.Shape;
import dev.elbow.api.network.Tensor;
import java.util.Optional;

/**
 * Makes one network many, one for each weight β of the KL term: what goes into an activation is
 * scaled, unit by unit, with gates of log β (Bae et al. 2023, “Multi-Rate VAE: Train once, get the
 * full rate–distortion curve”, its response hypernetwork and figure 2). Channels are the units of
 * images.
 *
 * <p>Two things differ from the paper, whose gates are an affine function of log β behind a sigmoid
 * in encoders and behind √ReLU(1 − exp) in decoders. Between log β and the gates of a layer stand
 * {@value #NET_UNITS} tanh units, as a sigmoid of a line bends too little at the ends of the range.
 * And decoders have sigmoids too, as the square root was no better and leaves units without a
 * gradient.
 *
 * @param logBeta {@code [1]}; empty where there is one weight, and nothing is scaled
 */
record RateGates(Optional<Tensor> logBeta) {
  private static final int NET_UNITS = 16;

  static RateGates of(Conditions conditions) {
    return new RateGates(conditions.beta().map(beta -> beta.log().reshape(1)));
  }

  /** {@code h}, scaled by the gates of the layer {@code name}. */
  Tensor on(Tensor h, String name) {
    return logBeta.map(known -> h.times(gates(known, h.shape(), name))).orElse(h);
  }

  private static Tensor gates(Tensor logBeta, Shape shape, String name) {
    Tensor net = logBeta.linear(name + "_gate_net", NET_UNITS).tanh();
    Tensor units = net.linear(name + "_gate", shape.dimension(0)).sigmoid();
    return shape.rank() == 1 ? units : units.spread(shape.dimension(1), shape.dimension(2));
  }
}
