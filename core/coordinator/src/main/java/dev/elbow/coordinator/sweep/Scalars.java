package dev.elbow.coordinator.sweep;

import java.math.BigInteger;
import java.util.Locale;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** What the scalars of YAML's core schema (YAML 1.2, section 10.3) stand for. */
final class Scalars {
  /** Digits beyond which a whole number is too large for every option. */
  private static final int MOST_DIGITS = 400;

  private Scalars() {}

  /**
   * A {@link Long}, {@link BigInteger}, {@link Double}, {@link Boolean}, {@link String} or null.
   *
   * @throws IllegalArgumentException with what was found, if the tag is not of the core schema or
   *     its text does not fit it
   */
  static Object parse(ScalarNode node) {
    Tag tag = node.getTag();
    String text = node.getValue();
    try {
      if (tag.equals(Tag.INT)) {
        return whole(text);
      }
      if (tag.equals(Tag.FLOAT)) {
        return real(text.toLowerCase(Locale.ROOT));
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'%s' is no number".formatted(text), e);
    }
    return word(tag, text);
  }

  private static Object word(Tag tag, String text) {
    if (tag.equals(Tag.STR)) {
      return text;
    }
    if (tag.equals(Tag.NULL)) {
      return null;
    }
    if (tag.equals(Tag.BOOL)) {
      return text.equalsIgnoreCase("true");
    }
    throw new IllegalArgumentException("the tag %s is not known here".formatted(tag.getValue()));
  }

  private static Number whole(String text) {
    if (text.length() > MOST_DIGITS) {
      return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    BigInteger value =
        text.startsWith("0x")
            ? new BigInteger(text.substring(2), 16)
            : text.startsWith("0o") ? new BigInteger(text.substring(2), 8) : new BigInteger(text);
    return value.bitLength() < Long.SIZE ? (Number) value.longValueExact() : value;
  }

  private static Double real(String text) {
    return switch (text) {
      case ".nan" -> Double.NaN;
      case ".inf", "+.inf" -> Double.POSITIVE_INFINITY;
      case "-.inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.valueOf(text);
    };
  }
}
