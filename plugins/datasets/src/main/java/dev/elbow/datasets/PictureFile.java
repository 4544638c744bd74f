package dev.elbow.datasets;

import dev.elbow.api.network.Shape;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;

/**
 * A PNG or JPEG file; which of the two is told by its content.
 *
 * @param name below the folder, with slashes
 * @param path where it lies
 */
public record PictureFile(String name, Path path) {
  private static final List<String> FORMATS = List.of("png", "jpeg");
  private static final List<String> DAMAGE = List.of("premature end", "truncated", "corrupt");
  private static final int LARGEST_EDGE = 8192;

  /**
   * What stands before the pixels.
   *
   * @param grey whether it can only show greys
   */
  record Header(int height, int width, boolean grey) {
    String size() {
      return height + " x " + width;
    }
  }

  private interface Reading<T> {
    T of(ImageReader reader) throws IOException;
  }

  /**
   * @throws IOException if it is no such file, or damaged before its pixels; tells what is wrong
   */
  Header header() throws IOException {
    return read(PictureFile::header);
  }

  /**
   * Its pixels, a plane for each channel.
   *
   * @param colour whether three channels are wanted or one
   * @throws IOException if it is damaged, or ends too early
   */
  byte[][] planes(boolean colour) throws IOException {
    PngChunks.requireWhole(Files.readAllBytes(path));
    return read(
        reader -> {
          header(reader); // refuses a size that would not fit memory
          return planes(reader.read(0), colour);
        });
  }

  /**
   * Its pixels as a data set of such images has them: channel by channel, colours as grey or grey
   * as colours.
   *
   * @param shape 1 or 3 channels, height, width
   * @param resized whether a picture of another size is resampled
   * @throws IOException if it is damaged or has another size; tells what is wrong
   */
  public byte[] pixels(Shape shape, boolean resized) throws IOException {
    Header header = header();
    int height = shape.dimension(1);
    int width = shape.dimension(2);
    if (!resized && (header.height() != height || header.width() != width)) {
      throw new IOException(
          "is %s, expected %d x %d (height x width)".formatted(header.size(), height, width));
    }
    Resampling resampling = new Resampling(header.height(), header.width(), height, width);
    ByteBuffer pixels = ByteBuffer.allocate(Math.toIntExact(shape.size()));
    for (byte[] plane : planes(shape.dimension(0) == 3)) {
      pixels.put(resampling.apply(plane));
    }
    return pixels.array();
  }

  private static Header header(ImageReader reader) throws IOException {
    int height = reader.getHeight(0);
    int width = reader.getWidth(0);
    if (Math.max(height, width) > LARGEST_EDGE) {
      throw new IOException(
          "is %d x %d, expected at most %d pixels a side".formatted(height, width, LARGEST_EDGE));
    }
    return new Header(height, width, isGrey(reader.getImageTypes(0).next().getColorModel()));
  }

  private static boolean isGrey(ColorModel colours) {
    if (colours instanceof IndexColorModel palette) {
      return IntStream.range(0, palette.getMapSize())
          .allMatch(
              i ->
                  palette.getRed(i) == palette.getGreen(i)
                      && palette.getGreen(i) == palette.getBlue(i));
    }
    return colours.getNumColorComponents() == 1;
  }

  private <T> T read(Reading<T> reading) throws IOException {
    try (ImageInputStream in = new FileImageInputStream(path.toFile())) {
      ImageReader reader = reader(in);
      try {
        List<String> warnings = new ArrayList<>();
        reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
        reader.setInput(in, true, true);
        T result = reading.of(reader);
        requireWhole(warnings);
        return result;
      } catch (RuntimeException e) {
        // What the JDK's readers throw at many a damaged file.
        throw new IOException("is damaged: " + e, e);
      } finally {
        reader.dispose();
      }
    }
  }

  private static ImageReader reader(ImageInputStream in) throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (FORMATS.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
        return reader;
      }
    }
    throw new IOException(
        in.length() == 0 ? "is empty" : "begins as neither a PNG nor a JPEG file does");
  }

  // A JPEG file that ends too early is filled up with grey, and that is no more than a warning.
  private static void requireWhole(List<String> warnings) throws IOException {
    for (String warning : warnings) {
      String words = warning.toLowerCase(Locale.ROOT);
      if (DAMAGE.stream().anyMatch(words::contains)) {
        throw new IOException("is damaged: " + warning);
      }
    }
  }

  // Samples as they are stored: getRGB() would change greys, which Java takes for linear ones.
  private static byte[][] planes(BufferedImage image, boolean colour) {
    PixelColours colours = PixelColours.of(image.getColorModel());
    int width = image.getWidth();
    byte[][] planes = new byte[colour ? 3 : 1][image.getHeight() * width];
    int bands = image.getRaster().getNumBands();
    int[] row = new int[width * bands];
    int[] pixel = new int[3];
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRaster().getPixels(0, y, width, 1, row);
      for (int x = 0; x < width; x++) {
        colours.read(row, x * bands, pixel);
        put(pixel, planes, y * width + x);
      }
    }
    return planes;
  }

  private static void put(int[] pixel, byte[][] planes, int place) {
    if (planes.length == 1) {
      planes[0][place] = (byte) ((299 * pixel[0] + 587 * pixel[1] + 114 * pixel[2] + 500) / 1000);
      return;
    }
    for (int channel = 0; channel < planes.length; channel++) {
      planes[channel][place] = (byte) pixel[channel];
    }
  }
}
