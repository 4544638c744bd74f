package dev.elbow.trainer.files;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Numbers as they stand in files: the same digits in every locale and on every JDK, whose {@link
 * Double#toString} has changed between releases.
 */
final class Figures {
  // Losses are sums of single-precision values: more digits would be noise.
  private static final MathContext MEASURED = new MathContext(9, RoundingMode.HALF_EVEN);
  private static final int EXACT_DIGITS = 17;
  private static final int LARGEST_PLAIN_EXPONENT = 15;

  private Figures() {}

  /** A measured figure, to nine digits; {@code NaN} and {@code Infinity} by name. */
  static String measured(double value) {
    return Double.isFinite(value)
        ? text(new BigDecimal(value).round(MEASURED))
        : String.valueOf(value);
  }

  /** As {@link #measured}, as a number. */
  static BigDecimal rounded(double value) {
    return new BigDecimal(measured(value));
  }

  /** The shortest number that is read back as {@code value}, which is finite. */
  static String exact(double value) {
    BigDecimal all = new BigDecimal(value);
    for (int digits = 1; digits < EXACT_DIGITS; digits++) {
      BigDecimal shorter = all.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (shorter.doubleValue() == value) {
        return text(shorter);
      }
    }
    return text(all.round(new MathContext(EXACT_DIGITS, RoundingMode.HALF_EVEN)));
  }

  private static String text(BigDecimal value) {
    BigDecimal bare = value.stripTrailingZeros();
    int exponent = bare.precision() - bare.scale() - 1;
    return Math.abs(exponent) <= LARGEST_PLAIN_EXPONENT ? bare.toPlainString() : bare.toString();
  }
}
