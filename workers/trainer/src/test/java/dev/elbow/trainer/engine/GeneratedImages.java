package dev.elbow.trainer.engine;

import dev.elbow.api.data.DatasetDescription;
import dev.elbow.api.data.Images;
import dev.elbow.api.data.PixelFormat;
import dev.elbow.api.data.Targets;
import dev.elbow.api.network.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Bright squares on grey ground, at every place of an image in turn: as much structure as a small
 * model can learn.
 */
public final class GeneratedImages implements Images {
  private static final int SQUARE = 3;

  private final DatasetDescription description;

  public GeneratedImages(int side, int train, int test, PixelFormat format, Targets targets) {
    this(side, train, test, format, targets, List.of());
  }

  private GeneratedImages(
      int side, int train, int test, PixelFormat format, Targets targets, List<String> labels) {
    Shape image = Shape.of(1, side, side);
    description = new DatasetDescription(image, format, train, test, targets, labels, List.of());
  }

  /** As {@link #grey}, of four classes in turn. */
  public static GeneratedImages labelled(int train, int test) {
    return new GeneratedImages(
        8, train, test, PixelFormat.UINT8, Targets.GREY, List.of("a", "b", "c", "d"));
  }

  /** 8 × 8 pixels, one byte each, trained on as they are. */
  public static GeneratedImages grey(int train, int test) {
    return new GeneratedImages(8, train, test, PixelFormat.UINT8, Targets.GREY);
  }

  @Override
  public DatasetDescription description() {
    return description;
  }

  /** The value of a pixel as it is stored: a whole number of 255ths, or 0 and 1 as bits. */
  public float value(int image, int row, int column) {
    int places = side() - SQUARE + 1;
    int top = image % places;
    int left = image / places % places;
    boolean inside = row >= top && row < top + SQUARE && column >= left && column < left + SQUARE;
    if (description.format() == PixelFormat.BITS) {
      return inside ? 1 : 0;
    }
    return (inside ? 204 + image % 50 : 25) / 255f;
  }

  @Override
  public void read(int first, int count, ByteBuffer target) {
    ByteBuffer bytes = target.order(ByteOrder.LITTLE_ENDIAN);
    IntStream.range(first, first + count).forEach(image -> read(image, bytes));
  }

  private void read(int image, ByteBuffer target) {
    int bits = 0;
    for (int pixel = 0; pixel < side() * side(); pixel++) {
      float value = value(image, pixel / side(), pixel % side());
      switch (description.format()) {
        case UINT8 -> target.put((byte) Math.round(value * 255));
        case FLOAT32 -> target.putFloat(value);
        case BITS -> bits |= Math.round(value) << (7 - pixel % 8);
      }
      boolean isByteFull = pixel % 8 == 7 || pixel == side() * side() - 1;
      if (description.format() == PixelFormat.BITS && isByteFull) {
        target.put((byte) bits);
        bits = 0;
      }
    }
  }

  private int side() {
    return description.image().dimension(1);
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
    return description.labels().isEmpty() ? -1 : image % description.labels().size();
  }

  @Override
  public int factor(int image, int factor) {
    throw new IndexOutOfBoundsException("there are no factors");
  }
}
