package dev.elbow.trainer.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.elbow.trainer.random.RandomStream;
import dev.elbow.trainer.random.StreamKey;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BinarisationTest {
  @Test
  void drawsOnesAsOftenAsThePixelIsGrey() {
    float[] grey = new float[100_000];
    Arrays.fill(grey, 0.3f);
    assertEquals(30_000, ones(Binarisation.draw(stream(), grey, 100)), 600);
  }

  @Test
  void neverChangesBlackOrWhite() {
    float[] white = new float[10_001];
    Arrays.fill(white, 1);
    assertEquals(10_001, ones(Binarisation.draw(stream(), white, 10_001)));
    assertEquals(0, ones(Binarisation.draw(stream(), new float[10_001], 10_001)));
  }

  @Test
  void drawsTheSameForOneImageAsForMany() {
    float[] grey = new float[9];
    Arrays.fill(grey, 0.5f);
    byte[] together = Binarisation.draw(stream(), grey, 3);
    RandomStream stream = stream();
    for (int image = 0; image < 3; image++) {
      byte[] alone = Binarisation.draw(stream, Arrays.copyOfRange(grey, 0, 3), 3);
      assertArrayEquals(Arrays.copyOfRange(together, 3 * image, 3 * image + 3), alone);
    }
  }

  private static RandomStream stream() {
    return StreamKey.ofTrial(1, "binarisation", 0).stream();
  }

  private static int ones(byte[] pixels) {
    int sum = 0;
    for (byte pixel : pixels) {
      sum += pixel;
    }
    return sum;
  }
}
