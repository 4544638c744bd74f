package dev.elbow.testkit;

import dev.elbow.api.data.DatasetDescription;
import dev.elbow.api.data.Images;
import dev.elbow.api.data.PixelFormat;
import dev.elbow.api.data.Targets;
import dev.elbow.api.network.Shape;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A few images in memory, with something to learn: each is a bright bar on dark ground with a
 * little noise. The last ones are the test set; there are neither labels nor factors.
 */
public final class TinyImages implements Images {
  private final DatasetDescription description;
  private final byte[] pixels;

  private TinyImages(DatasetDescription description, byte[] pixels) {
    this.description = description;
    this.pixels = pixels;
  }

  /** Grey images of one channel. */
  public static TinyImages grey(int train, int test, int height, int width, long seed) {
    DatasetDescription description =
        new DatasetDescription(
            Shape.of(1, height, width),
            PixelFormat.UINT8,
            train,
            test,
            Targets.GREY,
            List.of(),
            List.of());
    byte[] pixels = RandomArrays.bytes((long) (train + test) * height * width, seed);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = shade(pixels[i], i % width == i / (height * width) % width);
    }
    return new TinyImages(description, pixels);
  }

  private static byte shade(byte noise, boolean bar) {
    int little = (noise & 0xff) / 8;
    return (byte) (bar ? 255 - little : little);
  }

  @Override
  public DatasetDescription description() {
    return description;
  }

  @Override
  public void read(int first, int count, ByteBuffer target) {
    Objects.checkFromIndexSize(first, count, count());
    int size = Math.toIntExact(description.image().size());
    target.put(pixels, first * size, count * size);
  }

  @Override
  public int[] train() {
    return IntStream.range(0, description.trainImages()).toArray();
  }

  @Override
  public int[] test() {
    return IntStream.range(description.trainImages(), count()).toArray();
  }

  @Override
  public int label(int image) {
    return -1;
  }

  @Override
  public int factor(int image, int factor) {
    throw new IndexOutOfBoundsException("these images have no known factors");
  }
}
