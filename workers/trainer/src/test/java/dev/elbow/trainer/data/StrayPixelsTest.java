package dev.elbow.trainer.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.elbow.api.data.PixelFormat;
import dev.elbow.trainer.engine.StoredImages;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StrayPixelsTest {
  /** Images of two pixels; {@code looks} counts how often they are read. */
  private static final class Row implements StoredImages {
    private final float[] pixels;
    private int looks;

    Row(int images) {
      pixels = new float[2 * images];
      Arrays.fill(pixels, 0.5f);
    }

    @Override
    public int count() {
      return pixels.length / 2;
    }

    @Override
    public long sizeBytes() {
      return 4L * pixels.length;
    }

    @Override
    public float[] values(int... images) {
      looks++;
      float[] values = new float[2 * images.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = pixels[2 * images[i / 2] + i % 2];
      }
      return values;
    }

    @Override
    public void close() {}
  }

  @Test
  void theFirstImageWithAPixelOutsideIsNamed() {
    Row row = new Row(700);
    row.pixels[2 * 641 + 1] = 1.25f;
    row.pixels[2 * 650] = -3;
    StrayPixels stray = new StrayPixels(PixelFormat.FLOAT32, row);
    assertEquals(Optional.of("image 641 holds 1.25"), stray.first());
  }

  @Test
  void whatIsNotANumberIsOutside() {
    Row row = new Row(3);
    row.pixels[0] = Float.NaN;
    assertEquals(
        Optional.of("image 0 holds NaN"), new StrayPixels(PixelFormat.FLOAT32, row).first());
  }

  @Test
  void imagesAreLookedAtOnceAndOnlyIfTheyAreFloats() {
    Row row = new Row(300);
    row.pixels[0] = 0;
    row.pixels[1] = 1;
    StrayPixels stray = new StrayPixels(PixelFormat.FLOAT32, row);
    assertEquals(Optional.empty(), stray.first());
    assertEquals(Optional.empty(), stray.first());
    assertEquals(2, row.looks);
    assertEquals(Optional.empty(), new StrayPixels(PixelFormat.UINT8, row).first());
    assertEquals(2, row.looks);
  }
}
