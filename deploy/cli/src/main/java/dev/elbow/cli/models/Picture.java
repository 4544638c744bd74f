package dev.elbow.cli.models;

import dev.elbow.api.network.Shape;
import dev.elbow.datasets.PictureFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a PNG or JPEG file as the data set {@code images} does, so as models were trained. */
final class Picture {
  private Picture() {}

  static float[] read(Path file, ImageShape shape) throws BrokenImageException {
    if (shape.channels() != 1 && shape.channels() != 3) {
      throw new BrokenImageException("is a picture, the model expects " + shape);
    }
    if (!Files.isRegularFile(file)) {
      throw new BrokenImageException("no such file");
    }
    try {
      Shape expected = Shape.of(shape.channels(), shape.height(), shape.width());
      PictureFile picture = new PictureFile(file.toString(), file);
      return values(picture.pixels(expected, shape.resized()));
    } catch (IOException e) {
      throw new BrokenImageException(e.getMessage(), e);
    }
  }

  /** From 0 to 1. */
  static float[] values(byte[] pixels) {
    float[] values = new float[pixels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (pixels[i] & 0xff) / 255f;
    }
    return values;
  }
}
