package dev.elbow.cli.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HalfWeightsTest {
  /** IEEE 754, binary16, computed from its definition. */
  private static double value(short half) {
    int bits = half & 0xffff;
    int exponent = bits >> 10 & 31;
    int fraction = bits & 1023;
    double size = exponent == 0 ? fraction * 0x1p-24 : Math.scalb(1024 + fraction, exponent - 25);
    return bits >> 15 == 0 ? size : -size;
  }

  @Test
  void everyNumberOf16BitsIsItself() {
    for (int bits = 0; bits <= 0xffff; bits++) {
      double value = value((short) bits);
      if (Math.abs(value) <= 65504) {
        assertEquals((short) bits, HalfWeights.half(bits == 0x8000 ? -0f : (float) value));
      }
    }
  }

  @Test
  void betweenTwoTheNearerIsTakenAndInTheMiddleTheEvenOne() {
    for (int bits = 0; bits < 0x7bff; bits++) {
      double low = value((short) bits);
      double high = value((short) (bits + 1));
      int even = bits % 2 == 0 ? bits : bits + 1;
      assertEquals((short) even, HalfWeights.half((float) ((low + high) / 2)));
      assertEquals((short) bits, HalfWeights.half((float) (low + 0.49 * (high - low))));
      assertEquals((short) (bits + 1), HalfWeights.half((float) (low + 0.51 * (high - low))));
    }
  }
}
