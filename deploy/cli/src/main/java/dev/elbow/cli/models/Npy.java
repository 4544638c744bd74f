package dev.elbow.cli.models;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An array in NumPy's format (NEP 1): reads bytes and floats in C order, writes 32-bit floats.
 *
 * @param shape its dimensions
 * @param bytes whether its values were unsigned bytes
 * @param values in row-major order
 */
record Npy(int[] shape, boolean bytes, float[] values) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([\\d,\\sL]*)\\)");
  private static final int LARGEST_HEADER = 1 << 16;
  private static final int HEADER_BYTES = 128;
  private static final int PIECE = 1 << 13;

  /** What each value is in the file. */
  private enum Type {
    BYTE(1),
    FLOAT(4),
    DOUBLE(8);

    private final int size;

    Type(int size) {
      this.size = size;
    }

    static Type of(String text) throws BrokenImageException {
      return switch (text) {
        case "|u1", "u1" -> BYTE;
        case "<f4" -> FLOAT;
        case "<f8" -> DOUBLE;
        default ->
            throw new BrokenImageException(
                "has values of type '%s', expected |u1, <f4 or <f8".formatted(text));
      };
    }

    float get(ByteBuffer from) {
      return switch (this) {
        case BYTE -> from.get() & 0xff;
        case FLOAT -> from.getFloat();
        case DOUBLE -> (float) from.getDouble();
      };
    }
  }

  static Npy read(Path file) throws BrokenImageException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      String header = header(in);
      Type type = Type.of(part(header, TYPE));
      if (part(header, ORDER).equals("True")) {
        throw new BrokenImageException("is in Fortran order, expected C order");
      }
      int[] shape = shape(part(header, SHAPE));
      return new Npy(shape, type == Type.BYTE, values(in, type, product(shape)));
    } catch (EOFException e) {
      throw new BrokenImageException("ends too early: truncated", e);
    } catch (IOException e) {
      throw new BrokenImageException("cannot be read: " + e.getMessage(), e);
    }
  }

  private static String header(DataInputStream in) throws IOException, BrokenImageException {
    byte[] magic = new byte[MAGIC.length];
    in.readFully(magic);
    if (!Arrays.equals(magic, MAGIC)) {
      throw new BrokenImageException("is no file of NumPy's");
    }
    int version = in.readUnsignedByte();
    in.readUnsignedByte();
    int length =
        version == 1
            ? Short.toUnsignedInt(Short.reverseBytes(in.readShort()))
            : Integer.reverseBytes(in.readInt());
    if (version < 1 || version > 3 || length < 0 || length > LARGEST_HEADER) {
      throw new BrokenImageException("has a header that no version of NumPy writes");
    }
    byte[] header = new byte[length];
    in.readFully(header);
    return new String(header, ISO_8859_1);
  }

  private static String part(String header, Pattern pattern) throws BrokenImageException {
    Matcher found = pattern.matcher(header);
    if (!found.find()) {
      throw new BrokenImageException(
          "has the header %s, expected descr, fortran_order and shape".formatted(header.strip()));
    }
    return found.group(1);
  }

  private static int[] shape(String text) throws BrokenImageException {
    try {
      return Arrays.stream(text.split(","))
          .map(part -> part.strip().replace("L", ""))
          .filter(part -> !part.isEmpty())
          .mapToInt(Integer::parseInt)
          .toArray();
    } catch (NumberFormatException e) {
      throw new BrokenImageException("has the shape (%s), which is too large".formatted(text), e);
    }
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
  private static float[] values(InputStream in, Type type, int count)
      throws IOException, BrokenImageException {
    float[] values = new float[Math.min(count, PIECE)];
    int read = 0;
    while (read < count) {
      int more = Math.min(PIECE, count - read);
      byte[] piece = in.readNBytes(more * type.size);
      if (piece.length < more * type.size) {
        throw new EOFException();
      }
      if (values.length < read + more) {
        values = Arrays.copyOf(values, (int) Math.min(count, 2L * values.length));
      }
      ByteBuffer from = ByteBuffer.wrap(piece).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < more; i++) {
        values[read++] = type.get(from);
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
