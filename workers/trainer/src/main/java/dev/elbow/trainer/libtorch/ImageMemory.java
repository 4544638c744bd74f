package dev.elbow.trainer.libtorch;

import dev.elbow.api.data.DatasetDescription;
import dev.elbow.api.data.Images;
import dev.elbow.api.data.PixelFormat;
import dev.elbow.api.network.Shape;
import dev.elbow.trainer.engine.StoredImages;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Images as the dataset stores them, {@code [images, bytes]}; pixels are made batch by batch. */
final class ImageMemory implements StoredImages {
  private static final long BLOCK_BYTES = 1 << 26;

  /** The form of pixels that were drawn, as a program is told it; see {@link #form}. */
  static final long DRAWN = 3;

  private final Tensor bytes;
  private final Shape image;
  private final PixelFormat format;
  private final int count;

  private ImageMemory(Tensor bytes, Shape image, PixelFormat format, int count) {
    this.bytes = bytes;
    this.image = image;
    this.format = format;
    this.count = count;
  }

  /** Images of the given values. To be called within {@link Native#call}, which frees them. */
  static ImageMemory of(float[] values, int count, Shape image) {
    Tensor floats = Native.tensor(values, count, image.size());
    return new ImageMemory(floats.view(ScalarType.Byte), image, PixelFormat.FLOAT32, count);
  }

  static ImageMemory of(Images images) {
    DatasetDescription description = images.description();
    long size = description.format().sizeBytes(description.image());
    return Native.call(
        () -> {
          Tensor bytes =
              torch.empty(new long[] {images.count(), size}, Native.options(ScalarType.Byte), null);
          fill(bytes, images, size);
          bytes.retainReference();
          return new ImageMemory(bytes, description.image(), description.format(), images.count());
        });
  }

  // In blocks, because a buffer of Java ends at 2 GiB.
  private static void fill(Tensor bytes, Images images, long size) {
    int block = Math.toIntExact(Math.max(1, BLOCK_BYTES / size));
    for (int first = 0; first < images.count(); first += block) {
      int number = Math.min(block, images.count() - first);
      BytePointer start = new BytePointer(bytes.data_ptr()).position(first * size);
      ByteBuffer target = start.limit(start.position() + number * size).asByteBuffer();
      images.read(first, number, target.order(ByteOrder.LITTLE_ENDIAN));
    }
  }

  /**
   * Some images as floats, {@code [batch, channels, height, width]}.
   *
   * @param numbers a tensor of 32-bit numbers
   */
  Tensor gather(Tensor numbers) {
    long batch = numbers.numel();
    Tensor rows = bytes.index_select(0, numbers);
    return pixels(rows, batch).reshape(Shapes.batched(batch, image));
  }

  private Tensor pixels(Tensor rows, long batch) {
    return switch (format) {
      case UINT8 -> rows.to(ScalarType.Float).div_(new Scalar(255));
      case FLOAT32 -> rows.view(ScalarType.Float);
      case BITS -> bits(rows, batch).to(ScalarType.Float);
    };
  }

  private Tensor bits(Tensor rows, long batch) {
    Tensor highestFirst = Native.tensor(new byte[] {7, 6, 5, 4, 3, 2, 1, 0}, 8);
    Tensor bits = rows.unsqueeze(2).bitwise_right_shift(highestFirst).bitwise_and(new Scalar(1));
    return bits.reshape(batch, -1).narrow(1, 0, image.size());
  }

  /**
   * All images, as a program is given them: {@code [images, bytes]} or {@code [images, floats]}.
   */
  Tensor rows() {
    return format == PixelFormat.FLOAT32 ? bytes.view(ScalarType.Float) : bytes;
  }

  /** How the bytes are read, as a program is told it. */
  long form() {
    return switch (format) {
      case UINT8 -> 0;
      case FLOAT32 -> 1;
      case BITS -> 2;
    };
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public long sizeBytes() {
    return count * format.sizeBytes(image);
  }

  @Override
  public float[] values(int... images) {
    return Native.call(() -> Native.floats(gather(Native.tensor(images))));
  }

  @Override
  public void close() {
    bytes.close();
  }
}
