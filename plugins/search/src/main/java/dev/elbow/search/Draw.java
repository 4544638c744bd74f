package dev.elbow.search;

import dev.elbow.api.search.Domain;
import dev.elbow.api.search.Domain.Range;
import dev.elbow.api.search.Domain.Scale;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/**
 * One random choice, decided by its key alone.
 *
 * @param bits 64 even ones
 */
record Draw(long bits) {
  private static final long UNIT = (1L << 53) - 1;

  /** The choice for one parameter of one configuration. */
  static Draw of(long seed, long index, String parameter) {
    byte[] name = parameter.getBytes(StandardCharsets.UTF_8);
    ByteBuffer key = ByteBuffer.allocate(2 * Long.BYTES + name.length);
    key.putLong(seed).putLong(index).put(name);
    return new Draw(ByteBuffer.wrap(sha256(key.array())).getLong());
  }

  private static byte[] sha256(byte[] key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** One of 0 … {@code size} − 1. */
  long below(long size) {
    return Long.remainderUnsigned(bits, size);
  }

  /** From 0 to 1, both included. */
  double unit() {
    return (double) (bits >>> 11) / UNIT;
  }

  /** A value of {@code domain}. */
  Object from(Domain domain) {
    if (domain instanceof Range range && range.scale() == Scale.LOG) {
      return range.whole() ? (Object) wholeOnLogScale(range) : (Object) onLogScale(range);
    }
    Optional<Sequence> values = Sequence.of(domain);
    return values.isPresent()
        ? values.get().get(below(values.get().size()))
        : (Object) between(((Range) domain).min(), ((Range) domain).max());
  }

  private double onLogScale(Range range) {
    double value =
        StrictMath.exp(between(StrictMath.log(range.min()), StrictMath.log(range.max())));
    return clamped(value, range);
  }

  // Each integer stands for the stretch that rounds to it, so that the ends are not half as likely.
  private long wholeOnLogScale(Range range) {
    double low = StrictMath.log(range.min() - 0.5);
    double high = StrictMath.log(range.max() + 0.5);
    return (long) clamped(Math.rint(StrictMath.exp(between(low, high))), range);
  }

  private double between(double low, double high) {
    double u = unit();
    // Not low + u * (high - low): the difference of two finite numbers may be infinite.
    return Math.max(low, Math.min(high, low * (1 - u) + high * u));
  }

  private static double clamped(double value, Range range) {
    return Math.max(range.min(), Math.min(range.max(), value));
  }
}
