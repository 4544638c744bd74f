package dev.elbow.datasets;

import dev.elbow.api.data.DatasetException;
import dev.elbow.api.network.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.UnaryOperator;

/** The images of one file after treatment, one after the other. */
final class IdxPixels {
  private IdxPixels() {}

  /**
   * Reads all of {@code images}; only the result is held in memory.
   *
   * @throws DatasetException if the file is damaged, or the result would be larger than an array
   */
  static byte[] read(IdxFile images, IdxTreatment treatment) throws DatasetException {
    UnaryOperator<byte[]> treat = treatment(images, treatment);
    int size = images.dimension(1) * images.dimension(2);
    int stored = storedBytes(images, treatment);
    byte[] pixels = new byte[requireArray(images, stored)];
    try (InputStream in = images.body()) {
      for (int i = 0; i < images.dimension(0); i++) {
        byte[] image = in.readNBytes(size);
        if (image.length < size) {
          images.requireEnd(in, (long) i * size + image.length);
        }
        System.arraycopy(treat.apply(image), 0, pixels, i * stored, stored);
      }
      images.requireEnd(in, (long) images.dimension(0) * size);
      return pixels;
    } catch (IOException e) {
      throw IdxFile.unreadable(images.name(), e);
    }
  }

  private static UnaryOperator<byte[]> treatment(IdxFile images, IdxTreatment treatment) {
    Resampling resampling =
        new Resampling(
            images.dimension(1),
            images.dimension(2),
            treatment.height(images),
            treatment.width(images));
    return treatment.bits() ? image -> FixedBits.of(resampling.apply(image)) : resampling::apply;
  }

  private static int storedBytes(IdxFile images, IdxTreatment treatment) {
    Shape shape = Shape.of(1, treatment.height(images), treatment.width(images));
    return Math.toIntExact(treatment.format().sizeBytes(shape));
  }

  private static int requireArray(IdxFile images, int stored) throws DatasetException {
    long bytes = (long) images.dimension(0) * stored;
    if (bytes > Integer.MAX_VALUE - 8) {
      throw new DatasetException(
          "%s: %d images take %d bytes after resizing, expected less than 2 GiB"
              .formatted(images.name(), images.dimension(0), bytes));
    }
    return (int) bytes;
  }
}
