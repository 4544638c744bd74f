package dev.elbow.cli.models;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.elbow.api.data.DatasetException;
import dev.elbow.datasets.NpyHeader;
import dev.elbow.datasets.NpyRow;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An array in NumPy's format (NEP 1): reads bytes and floats in C order, writes 32-bit floats.
 * Written here, since the format is a page and libraries for it bring a run-time of their own.
 *
 * @param shape its dimensions
 * @param bytes whether its values were unsigned bytes
 * @param values in row-major order
 */
record Npy(int[] shape, boolean bytes, float[] values) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int HEADER_BYTES = 128;
  private static final int PIECE = 1 << 13;

  static Npy read(Path file) throws BrokenImageException {
    String name = file.toString();
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      NpyHeader header = NpyHeader.read(name, in);
      boolean bytes = header.kind() == 'u' && header.itemBytes() == 1;
      if (!bytes && !header.isFloat()) {
        throw new BrokenImageException(
            "has values of type %s%d, expected bytes (u1) or floats"
                .formatted(header.kind(), header.itemBytes()));
      }
      int[] shape = shape(header);
      return new Npy(shape, bytes, values(in, header, product(shape)));
    } catch (DatasetException e) {
      throw BrokenImageException.without(name, e);
    } catch (EOFException e) {
      throw new BrokenImageException("ends too early: truncated", e);
    } catch (IOException e) {
      throw new BrokenImageException("cannot be read: " + e.getMessage(), e);
    }
  }

  private static int[] shape(NpyHeader header) {
    return header.shape().stream()
        .mapToInt(size -> (int) Math.min(size, Integer.MAX_VALUE))
        .toArray();
  }

  private static int product(int[] shape) throws BrokenImageException {
    double product = Arrays.stream(shape).asDoubleStream().reduce(1, (a, b) -> a * b);
    if (product > Integer.MAX_VALUE - 8) {
      throw new BrokenImageException(
          "has the shape %s, expected less than 2^31 values".formatted(Arrays.toString(shape)));
    }
    return (int) product;
  }

  // A piece at a time: a header may promise more than the file has, and no memory is its price.
  private static float[] values(InputStream in, NpyHeader header, int count)
      throws IOException, BrokenImageException {
    float[] values = new float[Math.min(count, PIECE)];
    NpyRow piece = new NpyRow(header, PIECE);
    for (int read = 0; read < count; read += PIECE) {
      int more = Math.min(PIECE, count - read);
      int bytes = more * header.itemBytes();
      if (in.readNBytes(piece.bytes(), 0, bytes) < bytes) {
        throw new EOFException();
      }
      if (values.length < read + more) {
        values = Arrays.copyOf(values, (int) Math.min(count, 2L * values.length));
      }
      for (int i = 0; i < more; i++) {
        values[read + i] = (float) piece.value(i);
      }
    }
    if (in.read() >= 0) {
      throw new BrokenImageException("has more values than its header says");
    }
    return values;
  }

  /** The first bytes of a file of 32-bit floats; always equally many. */
  static byte[] header(List<Integer> shape) {
    List<String> parts = new ArrayList<>();
    shape.forEach(dimension -> parts.add(String.valueOf(dimension)));
    String dimensions = String.join(", ", parts) + (parts.size() == 1 ? "," : "");
    String text = "{'descr': '<f4', 'fortran_order': False, 'shape': (%s), }".formatted(dimensions);
    int length = HEADER_BYTES - MAGIC.length - 4;
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    header.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) length);
    header.put((text + " ".repeat(length - 1 - text.length()) + "\n").getBytes(ISO_8859_1));
    return header.array();
  }

  /** The bytes of values in a file. */
  static byte[] content(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }
}
