package dev.elbow.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageSheetTest {
  @TempDir Path folder;

  @Test
  void enlargesSmallImagesAndLeavesWhiteBetweenThem() throws IOException {
    ImageSheet sheet = new ImageSheet(1, 28, 28, 1, 2, 1);
    sheet.draw(0, 0, new float[2 * 784], 0);
    sheet.draw(0, 1, new float[2 * 784], 1);
    BufferedImage picture = read(sheet);
    assertEquals(8 + 56 + 2 + 56 + 8, picture.getWidth());
    assertEquals(8 + 56 + 8, picture.getHeight());
    assertEquals(255, grey(picture, 7, 50));
    assertEquals(0, grey(picture, 8, 50));
    assertEquals(0, grey(picture, 63, 63));
    assertEquals(255, grey(picture, 64, 50));
    assertEquals(255, grey(picture, 65, 50));
    assertEquals(0, grey(picture, 66, 50));
  }

  @Test
  void drawsEachPixelOfTheChosenImageAsASquareAndClipsWhatIsOutside() throws IOException {
    ImageSheet sheet = new ImageSheet(1, 2, 2, 1, 1, 1);
    sheet.draw(0, 0, new float[] {9, 9, 9, 9, 0.2f, 1.5f, -3, 0.6f}, 1);
    BufferedImage picture = read(sheet);
    assertEquals(8 + 2 * 8 + 8, picture.getWidth());
    assertEquals(51, grey(picture, 8, 8));
    assertEquals(51, grey(picture, 15, 15));
    assertEquals(255, grey(picture, 16, 8));
    assertEquals(0, grey(picture, 8, 16));
    assertEquals(153, grey(picture, 23, 23));
  }

  @Test
  void roundsToTheNearestOf256GreysHalvesUpAndShowsWhatIsNoNumberAsBlack() throws IOException {
    float[] image = new float[250 * 250];
    for (int i = 0; i < image.length; i++) {
      image[i] = i < 511 ? (i * 0.5f) / 255 : (i - 511) / 60_000f;
    }
    image[5] = Float.NaN;
    image[7] = -0f;
    ImageSheet sheet = new ImageSheet(1, 250, 250, 1, 1, 1);
    sheet.draw(0, 0, image, 0);
    BufferedImage picture = read(sheet);
    for (int i = 0; i < image.length; i++) {
      int expected = Math.round(255 * Math.max(0, Math.min(1, image[i])));
      assertEquals(expected, grey(picture, 8 + i % 250, 8 + i / 250), image[i] + " at " + i);
    }
  }

  @Test
  void showsThreeChannelsAsColours() throws IOException {
    ImageSheet sheet = new ImageSheet(3, 1, 1, 1, 1, 1);
    sheet.draw(0, 0, new float[] {1, 0.2f, 0}, 0);
    assertEquals(0xff3300, read(sheet).getRGB(9, 9) & 0xffffff);
  }

  @Test
  void drawsEveryThirdPixelOfImagesThatAreTooLarge() throws IOException {
    float[] image = new float[600 * 750];
    image[3 * 750 + 6] = 1;
    ImageSheet sheet = new ImageSheet(1, 600, 750, 1, 1, 1);
    sheet.draw(0, 0, image, 0);
    BufferedImage picture = read(sheet);
    assertEquals(8 + 250 + 8, picture.getWidth());
    assertEquals(8 + 200 + 8, picture.getHeight());
    assertEquals(255, grey(picture, 8 + 2, 8 + 1));
    assertEquals(0, grey(picture, 8 + 2, 8 + 2));
  }

  @Test
  void givesBackTheImagesThatWereDrawn() throws IOException {
    ImageSheet sheet = new ImageSheet(3, 5, 7, 4, 3, 2);
    float[] drawn = new float[12 * 105];
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = i % 256 / 255f;
    }
    for (int i = 0; i < 11; i++) {
      sheet.draw(i / 3, i % 3, drawn, i);
    }
    float[][][] read = ImageSheet.images(sheet.png(), 3, 5, 7, 2);
    assertEquals(4, read.length);
    assertEquals(3, read[0].length);
    for (int i = 0; i < 11; i++) {
      float[] expected = Arrays.copyOfRange(drawn, i * 105, (i + 1) * 105);
      assertArrayEquals(expected, read[i / 3][i % 3], 1e-6f, "image " + i);
    }
    float[] white = new float[105];
    Arrays.fill(white, 1);
    assertArrayEquals(white, read[3][2]);
  }

  @Test
  void itsFileIsThatOfItsPixels() throws IOException {
    Random random = new Random(4);
    for (int channels : new int[] {1, 2, 3}) {
      for (int size : new int[] {3, 28, 64, 300}) {
        float[] images = new float[3 * channels * size * size];
        for (int i = size * size; i < images.length; i++) {
          images[i] = Math.max(0, random.nextInt(6) * 0.2f - 0.4f);
        }
        ImageSheet sheet = new ImageSheet(channels, size, size, 2, 2, 2);
        for (int i = 0; i < 3; i++) {
          sheet.draw(i / 2, i % 2, images, i);
        }
        byte[] file = sheet.png();
        Png.Pixels p = Png.decode(file);
        assertArrayEquals(Png.encode(p.values(), p.width(), p.height(), p.channels()), file);
      }
    }
  }

  @Test
  void refusesPicturesThatAreNoSheetsOfSuchImages() throws IOException {
    byte[] sheet = new ImageSheet(1, 4, 6, 2, 3, 1).png();
    assertThrows(ModelException.class, () -> ImageSheet.images(sheet, 1, 5, 6, 1));
    assertThrows(ModelException.class, () -> ImageSheet.images(sheet, 3, 4, 6, 1));
    assertThrows(ModelException.class, () -> ImageSheet.images(new byte[0], 1, 4, 6, 1));
    byte[] cut = Arrays.copyOf(sheet, sheet.length / 2);
    assertThrows(ModelException.class, () -> ImageSheet.images(cut, 1, 4, 6, 1));
    byte[] reduced = new ImageSheet(1, 600, 750, 1, 1, 1).png();
    assertThrows(ModelException.class, () -> ImageSheet.images(reduced, 1, 600, 750, 1));
    byte[] foreign = Files.readAllBytes(foreign());
    assertThrows(ModelException.class, () -> ImageSheet.images(foreign, 1, 4, 6, 1));
  }

  private Path foreign() throws IOException {
    Path file = folder.resolve("foreign.png");
    ImageIO.write(new BufferedImage(64, 48, BufferedImage.TYPE_INT_ARGB), "png", file.toFile());
    return file;
  }

  private static int grey(BufferedImage picture, int x, int y) {
    return picture.getRaster().getSample(x, y, 0);
  }

  private static BufferedImage read(ImageSheet sheet) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(sheet.png()));
  }
}
