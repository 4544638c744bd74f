package dev.elbow.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PngTest {
  @Test
  void isReadBackAsTheSameGreyPixels() throws IOException {
    byte[] pixels = random(37 * 23);
    BufferedImage image = read(Png.encode(pixels, 37, 23, 1));
    assertEquals(37, image.getWidth());
    assertEquals(23, image.getHeight());
    for (int i = 0; i < pixels.length; i++) {
      assertEquals(pixels[i] & 0xff, image.getRaster().getSample(i % 37, i / 37, 0));
    }
  }

  @Test
  void isReadBackAsTheSameColours() throws IOException {
    byte[] pixels = random(11 * 9 * 3);
    BufferedImage image = read(Png.encode(pixels, 11, 9, 3));
    for (int i = 0; i < 11 * 9; i++) {
      int rgb =
          (pixels[3 * i] & 0xff) << 16 | (pixels[3 * i + 1] & 0xff) << 8 | pixels[3 * i + 2] & 0xff;
      assertEquals(rgb, image.getRGB(i % 11, i / 11) & 0xffffff);
    }
  }

  @Test
  void isReadHereAsTheSamePixelsWhateverTheyAre() throws IOException {
    for (int channels : new int[] {1, 3}) {
      byte[] pixels = random(37 * 23 * channels);
      System.arraycopy(pixels, 0, pixels, 37 * channels, 37 * channels);
      Png.Pixels read = Png.decode(Png.encode(pixels, 37, 23, channels));
      assertArrayEquals(pixels, read.values());
    }
  }

  @Test
  void picturesOfEarlierBuildsWhoseRowsAreDifferencesToTheRowAboveAreStillRead()
      throws IOException {
    byte[] rows = {2, 10, 20, 30, 2, 1, 2, 3, 2, 0, 0, -1};
    ByteBuffer file = ByteBuffer.allocate(200);
    file.put(Arrays.copyOf(Png.encode(new byte[9], 3, 3, 1), 33));
    Deflater deflater = new Deflater();
    deflater.setInput(rows);
    deflater.finish();
    byte[] compressed = new byte[100];
    int size = deflater.deflate(compressed);
    deflater.end();
    file.putInt(size).put("IDAT".getBytes(StandardCharsets.US_ASCII)).put(compressed, 0, size);
    byte[] pixels = {10, 20, 30, 11, 22, 33, 11, 22, 32};
    assertArrayEquals(pixels, Png.decode(file.array()).values());
  }

  private static BufferedImage read(byte[] file) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(file));
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(3).nextBytes(bytes);
    return bytes;
  }
}
