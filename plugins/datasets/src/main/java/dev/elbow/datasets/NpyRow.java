package dev.elbow.datasets;

import java.nio.ByteBuffer;

/** The values of a row of an array, overwritten by the next one. */
public final class NpyRow {
  private final NpyHeader header;
  private final byte[] bytes;
  private final ByteBuffer values;

  /**
   * @param size values of a row
   */
  public NpyRow(NpyHeader header, int size) {
    this.header = header;
    this.bytes = new byte[size * header.itemBytes()];
    this.values = ByteBuffer.wrap(bytes).order(header.order());
  }

  /** As they stand in the file; whoever reads a row writes them. */
  public byte[] bytes() {
    return bytes;
  }

  int size() {
    return bytes.length / header.itemBytes();
  }

  /** A value; integers beyond 2^53 are rounded. */
  public double value(int index) {
    if (header.isFloat()) {
      return header.itemBytes() == Float.BYTES
          ? values.getFloat(index * Float.BYTES)
          : values.getDouble(index * Double.BYTES);
    }
    boolean signed = header.kind() == 'i';
    return switch (header.itemBytes()) {
      case 1 -> signed ? bytes[index] : bytes[index] & 0xff;
      case 2 -> {
        short value = values.getShort(2 * index);
        yield signed ? value : Short.toUnsignedInt(value);
      }
      case 4 -> {
        int value = values.getInt(4 * index);
        yield signed ? value : Integer.toUnsignedLong(value);
      }
      default -> {
        long value = values.getLong(8 * index);
        yield signed || value >= 0 ? value : value + 0x1p64;
      }
    };
  }
}
