package dev.elbow.trainer.program;

import dev.elbow.api.network.Op;
import java.util.Locale;

/**
 * Functions of each element as TorchScript writes them. Near 0, where the definition loses digits
 * or divides by nothing, there is a series of Taylor's instead.
 */
final class Curves {
  private static final String IS_NEAR_ZERO = "torch.square({0}) < 0.49";
  private static final String SIZE = "torch.clamp_min(torch.abs({0}), 0.5)";

  /** log(sinh(x) / x). */
  static final String LOG_SINHC =
      where(
          "torch.square({0}) * "
              + series(1 / 6., -1 / 180., 1 / 2835., -1 / 37800., 1 / 467775., -691 / 3831077250.),
          "%s - torch.log(2.0 * %s) + torch.log1p(-torch.exp(-2.0 * %s))"
              .formatted(SIZE, SIZE, SIZE));

  /** Its slope. */
  static final String LANGEVIN =
      where(
          "{0} * " + series(1 / 3., -1 / 45., 2 / 945., -1 / 4725., 2 / 93555., -1382 / 638512875.),
          "(1.0 / torch.tanh(%s) - 1.0 / %s) * torch.sign({0})".formatted(SIZE, SIZE));

  /** The slope of that. */
  static final String LANGEVIN_SLOPE =
      where(
          series(1 / 3., -1 / 15., 2 / 189., -1 / 675., 2 / 10395., -1382 / 58046625.),
          "1.0 / torch.square(%s) - 1.0 / torch.square(torch.sinh(torch.clamp_max(%s, 40.0)))"
              .formatted(SIZE, SIZE));

  private Curves() {}

  private static String where(String near, String far) {
    return "torch.where(%s, %s, %s)".formatted(IS_NEAR_ZERO, near, far);
  }

  /** A polynomial in the square of x (Horner). */
  private static String series(double... factors) {
    String sum = Double.toString(factors[factors.length - 1]);
    for (int i = factors.length - 2; i >= 0; i--) {
      sum = "(%s + torch.square({0}) * %s)".formatted(factors[i], sum);
    }
    return sum;
  }

  static String function(Op.Elementwise op) {
    return switch (op.function()) {
      case LEAKY_RELU -> "torch.leaky_relu({0}, " + Call.literal(op.slope()) + ")";
      case LOG_SINHC -> LOG_SINHC;
      case LANGEVIN -> LANGEVIN;
      case RELU, TANH, SIGMOID, SOFTPLUS, EXP, LOG, SQUARE, ABS, SILU, GELU ->
          "torch." + op.function().name().toLowerCase(Locale.ROOT) + "({0})";
    };
  }
}
