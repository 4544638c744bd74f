package dev.elbow.datasets;

/** The finaliser of SplitMix64 (Steele, Lea and Flood 2014): a scrambled, one-to-one mapping. */
final class SplitMix {
  private SplitMix() {}

  static long mix(long value) {
    long z = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
