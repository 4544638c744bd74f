package dev.elbow.trainer.program;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Which products are made in bf16, and the values between them. A value that came out of such a
 * product is known as what single precision makes of it; where the next operation only picks among
 * numbers or is another such product, it goes on with the halves themselves.
 */
final class Halves {
  /**
   * For one image, from which on a product gains more than it costs to convert what goes in and
   * comes out.
   */
  private static final long FEWEST_MULTIPLY_ADDS = 100_000;

  private static final Call HALF = Call.of("{0}.to(dtype=15)");
  private static final Call SINGLE = Call.of("{0}.to(dtype=6)");

  private final Lines lines;
  private final boolean isOn;
  private final Set<Piece> weights = new LinkedHashSet<>();
  private final Set<Piece> gradients = new LinkedHashSet<>();

  /**
   * @param isOn false for single precision throughout
   */
  Halves(Lines lines, boolean isOn) {
    this.lines = lines;
    this.isOn = isOn;
  }

  /** Whether a product of so many multiply-adds for one image is made in bf16. */
  boolean pay(long multiplyAdds) {
    return isOn && multiplyAdds >= FEWEST_MULTIPLY_ADDS;
  }

  /** {@code piece} is read in bf16. */
  void reads(Piece piece) {
    weights.add(piece);
  }

  /** The gradient of {@code piece} is left in bf16. */
  void leaves(Piece piece) {
    gradients.add(piece);
  }

  /** What is copied to bf16 at every step. */
  Set<Piece> weights() {
    return weights;
  }

  /** What has its gradients copied from bf16 at every step. */
  Set<Piece> gradients() {
    return gradients;
  }

  boolean isHalf(Value x) {
    return x.is(SINGLE);
  }

  Value half(Value x) {
    return isHalf(x) ? x.operand(0) : lines.make(HALF, x.shape(), x);
  }

  Value single(Value half) {
    return lines.make(SINGLE, half.shape(), half);
  }

  /** What is known of {@code made}, which is in bf16 or not. */
  Value single(Value made, boolean inHalf) {
    return inHalf ? single(made) : made;
  }

  /** {@code exact}, which rounds nothing, of the halves of {@code x} where it has them. */
  Value through(Value x, UnaryOperator<Value> exact) {
    return isHalf(x) ? single(exact.apply(half(x))) : exact.apply(x);
  }
}
