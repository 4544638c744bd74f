package dev.elbow.inference;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Writes and reads PNG (ISO/IEC 15948), 8 bits a channel, grey or RGB, without what {@code
 * javax.imageio} would load and without the time that it would write. Equal pixels give equal
 * bytes.
 */
final class Png {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int GREY = 0;
  private static final int RGB = 2;

  // Filter "sub", a byte less the one of the same channel before it: pixels are enlarged, so many
  // become zeros, and rows that are equal stay so.
  static final byte FILTER_SUB = 1;

  // Filter "up", as the first pictures were written.
  private static final byte FILTER_UP = 2;

  // Sheets have some hundred tiles of at most 256 pixels a side; others would fill the memory.
  private static final int MOST_READ_BYTES = 1 << 26;

  private Png() {}

  /**
   * A picture's file.
   *
   * @param pixels row by row, {@code channels} bytes a pixel
   * @param channels 1 for grey, 3 for RGB
   */
  static byte[] encode(byte[] pixels, int width, int height, int channels) {
    return file(compressed(pixels, width * channels, height, channels), width, height, channels);
  }

  /** A picture's file of its rows, filtered and compressed. */
  static byte[] file(byte[] compressed, int width, int height, int channels) {
    ByteArrayOutputStream file = new ByteArrayOutputStream(compressed.length + 100);
    file.writeBytes(SIGNATURE);
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    header.put((byte) 8).put((byte) (channels == 1 ? GREY : RGB));
    chunk(file, "IHDR", header.array());
    chunk(file, "IDAT", compressed);
    chunk(file, "IEND", new byte[0]);
    return file.toByteArray();
  }

  /**
   * @param values row by row, {@code channels} bytes a pixel
   */
  record Pixels(byte[] values, int width, int height, int channels) {}

  /**
   * The pixels of a file that {@link #encode} wrote.
   *
   * @throws ModelException if it is no such file
   */
  static Pixels decode(byte[] file) throws ModelException {
    try {
      ByteBuffer chunks = ByteBuffer.wrap(file);
      byte[] signature = new byte[SIGNATURE.length];
      chunks.get(signature);
      require(Arrays.equals(signature, SIGNATURE));
      ByteBuffer header = ByteBuffer.wrap(read(chunks, "IHDR"));
      int width = header.getInt();
      int height = header.getInt();
      require(header.get() == 8);
      int channels = header.get() == GREY ? 1 : 3;
      long size = (1L + (long) width * channels) * height;
      require(width > 0 && height > 0 && size <= MOST_READ_BYTES);
      byte[] rows = inflated(read(chunks, "IDAT"), (int) size);
      return new Pixels(
          unfiltered(rows, width * channels, height, channels), width, height, channels);
    } catch (BufferUnderflowException | DataFormatException e) {
      throw new ModelException("the picture cannot be read: it is cut off", e);
    }
  }

  private static void require(boolean own) throws ModelException {
    if (!own) {
      throw new ModelException("the picture is none that was written here");
    }
  }

  private static byte[] read(ByteBuffer chunks, String type) throws ModelException {
    int length = chunks.getInt();
    byte[] name = new byte[4];
    chunks.get(name);
    require(new String(name, StandardCharsets.US_ASCII).equals(type));
    require(length >= 0 && length <= chunks.remaining());
    byte[] data = new byte[length];
    chunks.get(data);
    chunks.getInt();
    return data;
  }

  private static byte[] inflated(byte[] compressed, int size)
      throws ModelException, DataFormatException {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(compressed);
      byte[] bytes = new byte[size];
      int read = 0;
      for (int more = 1; more > 0 && read < size; read += more) {
        more = inflater.inflate(bytes, read, size - read);
      }
      require(read == size);
      return bytes;
    } finally {
      inflater.end();
    }
  }

  private static byte[] unfiltered(byte[] rows, int rowBytes, int height, int channels)
      throws ModelException {
    byte[] pixels = new byte[rowBytes * height];
    for (int row = 0; row < height; row++) {
      int from = row * (rowBytes + 1);
      int to = row * rowBytes;
      byte filter = rows[from++];
      require(filter == FILTER_SUB || filter == FILTER_UP);
      int distance = filter == FILTER_SUB ? channels : rowBytes;
      int first = filter == FILTER_SUB ? to : 0;
      for (int i = to; i < to + rowBytes; i++) {
        int before = i - distance < first ? 0 : pixels[i - distance];
        pixels[i] = (byte) (rows[from + i - to] + before);
      }
    }
    return pixels;
  }

  private static byte[] compressed(byte[] pixels, int rowBytes, int height, int channels) {
    RowDeflater deflater = new RowDeflater(rowBytes + 1, height);
    for (int row = 0; row < height; row++) {
      int from = row * rowBytes;
      if (row > 0 && isRepeated(pixels, from, rowBytes)) {
        deflater.repeat();
      } else {
        add(pixels, from, rowBytes, channels, deflater);
      }
    }
    return deflater.finish();
  }

  private static boolean isRepeated(byte[] pixels, int from, int rowBytes) {
    return Arrays.equals(pixels, from - rowBytes, from, pixels, from, from + rowBytes);
  }

  private static void add(
      byte[] pixels, int from, int rowBytes, int channels, RowDeflater deflater) {
    deflater.beginRow();
    deflater.put(FILTER_SUB);
    for (int i = 0; i < rowBytes; i++) {
      int before = i < channels ? 0 : pixels[from + i - channels];
      deflater.put(pixels[from + i] - before & 0xff);
    }
    deflater.endRow();
  }

  private static void chunk(ByteArrayOutputStream file, String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 checksum = new CRC32();
    checksum.update(name);
    checksum.update(data);
    file.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    file.writeBytes(name);
    file.writeBytes(data);
    file.writeBytes(ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array());
  }
}
