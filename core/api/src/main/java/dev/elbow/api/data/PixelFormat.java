package dev.elbow.api.data;

import dev.elbow.api.network.Shape;

/** How {@link Images} store pixels. */
public enum PixelFormat {
  /** One bit a value, first value in the highest bit; each image begins with a new byte. */
  BITS(1),
  /** One byte a value; 255 stands for 1. */
  UINT8(8),
  /** IEEE 754 single precision, little-endian, each value in [0, 1]. */
  FLOAT32(32);

  private final int bits;

  PixelFormat(int bits) {
    this.bits = bits;
  }

  /** Bytes of one image of this shape. */
  public long sizeBytes(Shape image) {
    return (image.size() * bits + 7) / 8;
  }
}
