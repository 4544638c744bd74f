package dev.elbow.datasets;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;

/** Small picture files. */
final class Pictures {
  private Pictures() {}

  /** A picture of {@code type} whose samples are {@code samples[y][x * bands + band]}. */
  static BufferedImage of(int type, int[][] samples) {
    BufferedImage image = new BufferedImage(1, 1, type);
    int bands = image.getRaster().getNumBands();
    image = new BufferedImage(samples[0].length / bands, samples.length, type);
    WritableRaster raster = image.getRaster();
    for (int y = 0; y < samples.length; y++) {
      raster.setPixels(0, y, image.getWidth(), 1, samples[y]);
    }
    return image;
  }

  /** Writes a picture in the format that the name ends with. */
  static void write(Path file, BufferedImage image) throws IOException {
    Files.createDirectories(file.getParent());
    String name = file.getFileName().toString();
    if (!ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile())) {
      throw new IOException("no writer for " + file);
    }
  }

  /** Writes a grey picture whose pixels depend on {@code seed}. */
  static void writeGrey(Path file, int height, int width, int seed) throws IOException {
    int[][] samples = new int[height][width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        samples[y][x] = (seed * 31 + y * 17 + x * 5) % 256;
      }
    }
    write(file, of(BufferedImage.TYPE_BYTE_GRAY, samples));
  }

  /** Cuts a file to a share of its bytes. */
  static void truncate(Path file, double share) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, (int) (bytes.length * share)));
  }
}
