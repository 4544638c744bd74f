package dev.elbow.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ResamplingTest {

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  @Test
  void theSameSizeChangesNothing() {
    byte[] image = bytes(1, 2, 3, 4, 5, 6);
    assertSame(image, new Resampling(2, 3, 2, 3).apply(image));
  }

  @Test
  void shrinkingTakesTheMeanOfWhatAPixelCovers() {
    assertArrayEquals(
        bytes(100, 200),
        new Resampling(2, 4, 1, 2).apply(bytes(50, 150, 190, 210, 150, 50, 210, 190)));
  }

  @Test
  void shrinkingByAFractionWeighsByArea() {
    // 3 pixels to 2: each new one covers one old pixel and half of the middle.
    assertArrayEquals(bytes(20, 190), new Resampling(1, 3, 1, 2).apply(bytes(0, 60, 255)));
  }

  @Test
  void growingInterpolatesBetweenCentresAndKeepsTheEdges() {
    assertArrayEquals(bytes(0, 25, 75, 100), new Resampling(1, 2, 1, 4).apply(bytes(0, 100)));
    assertArrayEquals(
        bytes(0, 25, 75, 100, 0, 25, 75, 100), new Resampling(1, 2, 2, 4).apply(bytes(0, 100)));
  }

  @Test
  void anEvenImageStaysEvenInEverySize() {
    byte[] white = new byte[28 * 28];
    Arrays.fill(white, (byte) 255);
    for (int size : new int[] {1, 7, 20, 27, 29, 32, 64}) {
      byte[] resized = new Resampling(28, 28, size, size).apply(white);
      byte[] expected = new byte[size * size];
      Arrays.fill(expected, (byte) 255);
      assertArrayEquals(expected, resized, () -> "size " + size);
    }
  }

  @Test
  void aSinglePixelFillsAnyImage() {
    assertArrayEquals(bytes(9, 9, 9, 9), new Resampling(1, 1, 2, 2).apply(bytes(9)));
  }
}
