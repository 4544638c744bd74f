package dev.elbow.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
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

  private static BufferedImage read(byte[] file) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(file));
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(3).nextBytes(bytes);
    return bytes;
  }
}
