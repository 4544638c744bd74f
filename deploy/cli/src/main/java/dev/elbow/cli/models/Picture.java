package dev.elbow.cli.models;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reads one PNG or JPEG file through the JDK, values as they stand in the file. Only what has the
 * right size is decoded, so that no small file can fill the memory.
 */
final class Picture {
  private static final List<String> FORMATS = List.of("png", "jpeg");

  private Picture() {}

  static {
    // Commands run where there is no screen, and leave no files in the folder of temporary ones.
    System.setProperty("java.awt.headless", "true");
    ImageIO.setUseCache(false);
  }

  static float[] read(Path file, ImageShape shape) throws BrokenImageException {
    try {
      byte[] content = Files.readAllBytes(file);
      try (ImageInputStream in =
          new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
        return values(decode(in, content, shape), shape);
      }
    } catch (NoSuchFileException e) {
      throw new BrokenImageException("no such file", e);
      // On broken files the JDK's readers throw whatever their arithmetic comes to.
    } catch (IOException | RuntimeException e) {
      String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new BrokenImageException("cannot be read, truncated or broken: " + reason, e);
    }
  }

  private static BufferedImage decode(ImageInputStream in, byte[] content, ImageShape shape)
      throws IOException, BrokenImageException {
    Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
    if (!readers.hasNext()) {
      throw new BrokenImageException("is no picture, expected PNG or JPEG");
    }
    ImageReader reader = readers.next();
    try {
      requireFormat(reader.getFormatName());
      if (reader.getFormatName().equalsIgnoreCase("png")) {
        PngChunks.requireWhole(content);
      }
      reader.setInput(in, true, true);
      requireSize(reader.getWidth(0), reader.getHeight(0), shape);
      return decode(reader);
    } finally {
      reader.dispose();
    }
  }

  private static void requireFormat(String format) throws BrokenImageException {
    if (!FORMATS.contains(format.toLowerCase(Locale.ROOT))) {
      throw new BrokenImageException("is a picture in %s, expected PNG or JPEG".formatted(format));
    }
  }

  private static void requireSize(int width, int height, ImageShape shape)
      throws BrokenImageException {
    if (width != shape.width() || height != shape.height()) {
      throw new BrokenImageException(
          "has %d x %d pixels, the model expects %s".formatted(width, height, shape));
    }
  }

  // Of a truncated JPEG file the reader makes up the rest, and only warns.
  private static BufferedImage decode(ImageReader reader) throws IOException, BrokenImageException {
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
    BufferedImage image = reader.read(0);
    if (!warnings.isEmpty()) {
      throw new BrokenImageException("is truncated or broken: " + warnings.get(0));
    }
    return image;
  }

  private static float[] values(BufferedImage image, ImageShape shape) throws BrokenImageException {
    float[][] bands = bands(image);
    requireOpaque(image.getColorModel(), bands);
    float[] values = new float[shape.size()];
    int area = shape.width() * shape.height();
    int colours = bands.length >= 3 ? 3 : 1;
    if (shape.channels() != 1 && shape.channels() != 3) {
      throw new BrokenImageException("is a picture, the model expects " + shape);
    }
    if (shape.channels() == 1 && colours == 3) {
      requireGrey(bands);
    }
    for (int channel = 0; channel < shape.channels(); channel++) {
      System.arraycopy(bands[Math.min(channel, colours - 1)], 0, values, channel * area, area);
    }
    return values;
  }

  /** Grey, grey and alpha, RGB, or RGB and alpha. */
  private static float[][] bands(BufferedImage image) {
    // Not getRGB where it can be helped: it bends grey values by a gamma that files do not mean.
    return image.getColorModel() instanceof ComponentColorModel
        ? bandsOfRaster(image.getRaster())
        : bandsOfPalette(image);
  }

  private static float[][] bandsOfRaster(Raster raster) {
    int width = raster.getWidth();
    float[][] bands = new float[raster.getNumBands()][width * raster.getHeight()];
    for (int band = 0; band < bands.length; band++) {
      float largest = (1 << raster.getSampleModel().getSampleSize(band)) - 1;
      for (int i = 0; i < bands[band].length; i++) {
        bands[band][i] = raster.getSample(i % width, i / width, band) / largest;
      }
    }
    return bands;
  }

  private static float[][] bandsOfPalette(BufferedImage image) {
    int width = image.getWidth();
    float[][] bands = new float[4][width * image.getHeight()];
    for (int i = 0; i < bands[0].length; i++) {
      int pixel = image.getRGB(i % width, i / width);
      for (int band = 0; band < bands.length; band++) {
        int shift = band == 3 ? 24 : 16 - 8 * band;
        bands[band][i] = (pixel >> shift & 0xff) / 255f;
      }
    }
    return bands;
  }

  private static void requireOpaque(ColorModel colours, float[][] bands)
      throws BrokenImageException {
    if (bands.length % 2 != 0 || !colours.hasAlpha()) {
      return;
    }
    for (float alpha : bands[bands.length - 1]) {
      if (alpha < 1) {
        throw new BrokenImageException("has transparent pixels, the model expects opaque ones");
      }
    }
  }

  private static void requireGrey(float[][] bands) throws BrokenImageException {
    for (int i = 0; i < bands[0].length; i++) {
      if (bands[0][i] != bands[1][i] || bands[1][i] != bands[2][i]) {
        throw new BrokenImageException("has colours, the model expects grey images");
      }
    }
  }
}
