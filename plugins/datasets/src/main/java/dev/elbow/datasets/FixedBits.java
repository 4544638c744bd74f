package dev.elbow.datasets;

/**
 * Draws each pixel of an image once as 0 or 1, its grey value being the probability of 1
 * (Salakhutdinov and Murray 2008, section 4). What is drawn depends on the image's own values
 * alone, so that it is the same in every copy and in any order of the files.
 */
final class FixedBits {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private FixedBits() {}

  /** Eight pixels a byte, the first in the highest bit. */
  static byte[] of(byte[] grey) {
    byte[] bits = new byte[(grey.length + 7) / 8];
    long key = key(grey);
    for (int i = 0; i < grey.length; i++) {
      long even = SplitMix.mix(key + (i + 1) * GOLDEN) >>> 32;
      if ((even * 255 >>> 32) < (grey[i] & 0xff)) {
        bits[i / 8] |= (byte) (0x80 >> i % 8);
      }
    }
    return bits;
  }

  private static long key(byte[] grey) {
    long key = grey.length;
    for (byte value : grey) {
      key = (key ^ (value & 0xff)) * GOLDEN;
    }
    return SplitMix.mix(key);
  }
}
