package dev.elbow.networks;

import dev.elbow.api.network.Conditions;
import dev.elbow.api.network.Posterior;
import dev.elbow.api.network.Tensor;
import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.Options;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What follows each hidden layer: norm, activation, dropout, and what went in beside what comes
 * out.
 *
 * @param norm {@code none}, {@code layer} or {@code batch}
 * @param dropout share of values left out in training
 * @param isResidual whether layers add to what goes into them (He et al. 2016)
 * @param gates what scales the values that go into each activation
 */
record Block(
    UnaryOperator<Tensor> activation,
    String norm,
    double dropout,
    boolean isResidual,
    RateGates gates) {
  private static final String NORM = "norm";
  private static final String DROPOUT = "dropout";
  private static final String RESIDUAL = "residual";
  private static final String BATCH = "batch";
  private static final String MU = "mu";
  private static final String LOGVAR = "logvar";

  /**
   * The options that {@link #of} reads.
   *
   * @param residual what the option of that name does
   */
  static List<Option> options(String residual) {
    return List.of(
        Activation.OPTION,
        Option.choice(
            NORM,
            List.of("none", "layer", BATCH),
            "What values are normalised over between a hidden layer and its activation."),
        Option.real(
            DROPOUT,
            0,
            0.99,
            0,
            "Share of the values behind each activation left out in training."),
        Option.flag(RESIDUAL, false, residual),
        KnownLabel.OPTION);
  }

  static Block of(Options options, Conditions conditions) {
    return new Block(
        Activation.of(options),
        options.text(NORM),
        options.real(DROPOUT),
        options.flag(RESIDUAL),
        RateGates.of(conditions));
  }

  /** Whether a layer that this follows has a bias: batch norm would take it out. */
  boolean isBiased() {
    return !norm.equals(BATCH);
  }

  /** What follows the layer {@code name}, which gave {@code h}. */
  Tensor after(Tensor h, String name) {
    Tensor active = activation.apply(gates.on(normalised(h, name + "_norm"), name));
    return dropout > 0 ? active.dropout(name + "_dropout", dropout) : active;
  }

  private Tensor normalised(Tensor h, String name) {
    return switch (norm) {
      case "layer" -> h.layerNorm(name);
      case BATCH -> h.batchNorm(name);
      default -> h;
    };
  }

  /** A fully connected layer of {@code size} units, beside which {@code x} goes on if it fits. */
  Tensor linear(Tensor x, String name, int size) {
    Tensor h = after(x.linear(name, size, isBiased()), name);
    return isResidual && h.shape().equals(x.shape()) ? x.plus(h) : h;
  }

  /** What an encoder makes of its last layer. */
  Posterior posterior(Tensor h, int latent) {
    return new Posterior(
        gates.on(h.linear(MU, latent), MU), gates.on(h.linear(LOGVAR, latent), LOGVAR));
  }

  /** Two convolutions that keep an image's shape, beside which {@code x} goes on; if asked for. */
  Tensor residual(Tensor x, String name) {
    if (!isResidual) {
      return x;
    }
    int channels = x.shape().dimension(0);
    String inner = name + "_inner";
    Tensor h = after(x.conv2d(inner, channels, 3, 1, 1, isBiased()), inner);
    return x.plus(h.conv2d(name + "_outer", channels, 1, 1, 0, isBiased()));
  }
}
