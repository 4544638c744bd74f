package dev.elbow.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class FixedBitsTest {

  private static byte[] filled(int size, int grey) {
    byte[] image = new byte[size];
    Arrays.fill(image, (byte) grey);
    return image;
  }

  @Test
  void blackIsAlwaysZeroAndWhiteAlwaysOne() {
    assertArrayEquals(new byte[3], FixedBits.of(filled(24, 0)));
    assertArrayEquals(new byte[] {-1, -1, -1}, FixedBits.of(filled(24, 255)));
  }

  @Test
  void theFirstPixelIsTheHighestBit() {
    assertArrayEquals(
        new byte[] {(byte) 0b1100_0000, 0b0100_0000},
        FixedBits.of(new byte[] {-1, -1, 0, 0, 0, 0, 0, 0, 0, -1}));
  }

  @Test
  void aGreyValueIsAProbability() {
    int size = 100_000;
    for (int grey : new int[] {1, 64, 128, 254}) {
      double p = grey / 255.0;
      double deviation = Math.sqrt(size * p * (1 - p));
      int ones = BitSet.valueOf(FixedBits.of(filled(size, grey))).cardinality();
      assertEquals(p * size, ones, 5 * deviation, () -> "grey " + grey);
    }
  }

  @Test
  void theSameImageIsDrawnTheSameAndAnotherOneIsNot() {
    byte[] image = filled(784, 100);
    assertArrayEquals(FixedBits.of(image), FixedBits.of(image.clone()));
    byte[] other = image.clone();
    other[783]++;
    assertFalse(
        Arrays.equals(
            Arrays.copyOf(FixedBits.of(image), 90), Arrays.copyOf(FixedBits.of(other), 90)));
  }
}
