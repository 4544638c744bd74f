package dev.elbow.datasets;

import dev.elbow.api.data.DatasetException;
import dev.elbow.api.data.PixelFormat;
import dev.elbow.api.network.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * An array of images and how they are stored.
 *
 * @param shape of an image
 * @param channelsLast whether a pixel's channels stand side by side in the array
 */
record NpzPixels(NpyArray array, Shape shape, boolean channelsLast, PixelFormat format) {

  /**
   * @param pixels {@code bits}, {@code bytes} or {@code auto}
   * @param binary whether integers are zeros and ones, unless {@code pixels} says otherwise
   */
  static NpzPixels of(NpyArray array, String pixels, boolean binary) throws DatasetException {
    boolean last = array.rank() == 4 && isChannels(array.dimension(3));
    PixelFormat format = format(array, pixels, binary);
    return new NpzPixels(array, shape(array, last), last, format);
  }

  private static Shape shape(NpyArray array, boolean channelsLast) throws DatasetException {
    if (array.rank() == 3) {
      return Shape.of(1, array.dimension(1), array.dimension(2));
    }
    if (channelsLast) {
      return Shape.of(array.dimension(3), array.dimension(1), array.dimension(2));
    }
    if (array.rank() == 4 && isChannels(array.dimension(1))) {
      return Shape.of(array.dimension(1), array.dimension(2), array.dimension(3));
    }
    throw new DatasetException(
        "%s: has the shape %s, expected [images, height, width] or, with 1 or 3 channels, [images,"
                .formatted(array.name(), array.header().shape())
            + " height, width, channels] or [images, channels, height, width]");
  }

  private static boolean isChannels(int size) {
    return size == 1 || size == 3;
  }

  private static PixelFormat format(NpyArray array, String pixels, boolean binary)
      throws DatasetException {
    boolean isFloat = array.header().isFloat();
    return switch (pixels) {
      case "bits" -> PixelFormat.BITS;
      case "bytes" -> {
        if (isFloat) {
          throw new DatasetException(
              "%s: holds floats, expected integers where pixels are bytes".formatted(array.name()));
        }
        yield PixelFormat.UINT8;
      }
      default ->
          isFloat
              ? PixelFormat.FLOAT32
              : binary || array.header().kind() == 'b' ? PixelFormat.BITS : PixelFormat.UINT8;
    };
  }

  int count() throws DatasetException {
    return array.dimension(0);
  }

  /**
   * Reads all images into {@code target} from place {@code first} on.
   *
   * @throws DatasetException if a value is none of a pixel, or the array is damaged
   */
  void read(byte[][] target, int first) throws DatasetException {
    double[] highest = {0};
    array.rows(
        (number, row) -> {
          byte[] image = new byte[Math.toIntExact(format.sizeBytes(shape))];
          highest[0] = Math.max(highest[0], store(number, row, image));
          target[first + number] = image;
        });
    // Ones among bytes would be all but black, and nobody would know why nothing is learnt.
    if (format == PixelFormat.UINT8 && highest[0] <= 1) {
      throw new DatasetException(
          "%s: all values are 0 or 1, expected up to 255; is 'pixels: bits' meant?"
              .formatted(array.name()));
    }
  }

  private double store(int number, NpyRow row, byte[] image) throws DatasetException {
    ByteBuffer floats = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
    double highest = 0;
    for (int i = 0; i < row.size(); i++) {
      double value = row.value(place(i));
      requirePixel(number, value);
      highest = Math.max(highest, value);
      switch (format) {
        case BITS -> image[i / 8] |= (byte) (value == 1 ? 0x80 >> i % 8 : 0);
        case UINT8 -> image[i] = (byte) (int) value;
        case FLOAT32 -> floats.putFloat(4 * i, (float) value);
      }
    }
    return highest;
  }

  /** Where in a row the value stands that comes at {@code i} with channels first. */
  private int place(int i) {
    if (!channelsLast) {
      return i;
    }
    int plane = shape.dimension(1) * shape.dimension(2);
    return i % plane * shape.dimension(0) + i / plane;
  }

  private void requirePixel(int number, double value) throws DatasetException {
    boolean fits =
        switch (format) {
          case BITS -> value == 0 || value == 1;
          case UINT8 -> value >= 0 && value <= 255;
          case FLOAT32 -> value >= 0 && value <= 1;
        };
    if (!fits) {
      throw new DatasetException(
          "%s: image %d has a value %s, expected %s"
              .formatted(array.name(), number, value, expected()));
    }
  }

  private String expected() {
    return switch (format) {
      case BITS -> "0 or 1";
      case UINT8 -> "integers from 0 to 255";
      case FLOAT32 -> "from 0 to 1";
    };
  }
}
