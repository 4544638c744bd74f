package dev.elbow.cli.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureTest {
  private static final ImageShape GREY = new ImageShape(1, 2, 3, false);
  private static final ImageShape RGB = new ImageShape(3, 2, 3, false);

  @TempDir Path folder;

  private Path written(int type, String format, int... samples) throws IOException {
    BufferedImage image = new BufferedImage(3, 2, type);
    int bands = image.getRaster().getNumBands();
    image.getRaster().setPixels(0, 0, 3, 2, Arrays.copyOf(samples, 6 * bands));
    Path file = folder.resolve("picture." + format);
    assertTrue(ImageIO.write(image, format, file.toFile()));
    return file;
  }

  @Test
  void greyValuesAreThoseOfTheFileWithoutAnyGamma() throws Exception {
    Path file = written(BufferedImage.TYPE_BYTE_GRAY, "png", 0, 1, 64, 128, 254, 255);
    float[] expected = {0, 1 / 255f, 64 / 255f, 128 / 255f, 254 / 255f, 1};
    assertArrayEquals(expected, Picture.read(file, GREY));
    float[] thrice = Arrays.copyOf(expected, 18);
    System.arraycopy(expected, 0, thrice, 6, 6);
    System.arraycopy(expected, 0, thrice, 12, 6);
    assertArrayEquals(thrice, Picture.read(file, RGB));
  }

  @Test
  void coloursAreChannelAfterChannel() throws Exception {
    int[] samples = new int[18];
    for (int i = 0; i < 6; i++) {
      samples[3 * i] = 10 * i;
      samples[3 * i + 1] = 255;
      samples[3 * i + 2] = i;
    }
    float[] values = Picture.read(written(BufferedImage.TYPE_3BYTE_BGR, "png", samples), RGB);
    for (int i = 0; i < 6; i++) {
      assertEquals(10 * i / 255f, values[i]);
      assertEquals(1, values[6 + i]);
      assertEquals(i / 255f, values[12 + i]);
    }
  }

  @Test
  void jpegIsReadToAFewGreyLevels() throws Exception {
    Path file = written(BufferedImage.TYPE_BYTE_GRAY, "jpg", 100, 100, 100, 100, 100, 100);
    float[] values = Picture.read(file, GREY);
    for (float value : values) {
      assertEquals(100 / 255f, value, 3 / 255f);
    }
  }

  @Test
  void anotherSizeIsRefusedWithWhatIsExpected() throws Exception {
    Path file = written(BufferedImage.TYPE_BYTE_GRAY, "png", new int[6]);
    BrokenImageException e =
        assertThrows(
            BrokenImageException.class, () -> Picture.read(file, new ImageShape(1, 28, 20, false)));
    assertEquals("is 2 x 3, expected 28 x 20 (height x width)", e.getMessage());
  }

  @Test
  void anotherSizeIsResampledWhereThatIsWanted() throws Exception {
    Path file = written(BufferedImage.TYPE_BYTE_GRAY, "png", 0, 30, 60, 30, 60, 90);
    float[] mean = Picture.read(file, new ImageShape(1, 1, 1, true));
    assertArrayEquals(new float[] {45 / 255f}, mean);
  }

  @Test
  void truncatedForeignAndMissingFilesAreRefused() throws Exception {
    byte[] jpeg = Files.readAllBytes(written(BufferedImage.TYPE_BYTE_GRAY, "jpg", new int[6]));
    assertTruncatedRefused(jpeg, "jpg", jpeg.length - 1);
    byte[] png = Files.readAllBytes(written(BufferedImage.TYPE_BYTE_GRAY, "png", 5, 9, 7, 1, 2, 3));
    assertTruncatedRefused(png, "png", png.length - 1);
    for (int place = 0; place < png.length; place++) {
      byte[] changed = png.clone();
      changed[place] ^= 1;
      Path file = Files.write(folder.resolve("changed.png"), changed);
      assertThrows(BrokenImageException.class, () -> Picture.read(file, GREY), "byte " + place);
    }
    Path gif = written(BufferedImage.TYPE_BYTE_GRAY, "gif", new int[6]);
    assertRefused("neither a PNG nor a JPEG", gif);
    assertRefused(
        "neither a PNG nor a JPEG", Files.writeString(folder.resolve("a.png"), "name: mnist"));
    assertRefused("is empty", Files.createFile(folder.resolve("empty.png")));
    assertRefused("no such file", folder.resolve("nothing.png"));
  }

  private void assertTruncatedRefused(byte[] whole, String format, int longest) throws Exception {
    for (int length = 0; length <= longest; length++) {
      Path file = folder.resolve("truncated." + format);
      Files.write(file, Arrays.copyOf(whole, length));
      assertThrows(BrokenImageException.class, () -> Picture.read(file, GREY), format + length);
    }
  }

  private static void assertRefused(String says, Path file) {
    BrokenImageException e =
        assertThrows(BrokenImageException.class, () -> Picture.read(file, GREY));
    assertTrue(e.getMessage().contains(says), e.getMessage());
  }
}
