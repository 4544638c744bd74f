package dev.elbow.datasets;

import dev.elbow.api.data.DatasetException;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands before the values of an array in NumPy's format, versions 1 to 3 (numpy.lib.format):
 * a mark, the version, and a literal of Python with type, order and shape.
 *
 * @param kind {@code b} booleans, {@code u} and {@code i} integers, {@code f} floats
 * @param itemBytes of a value
 * @param shape each at least 0
 * @param headerBytes all that stands before the values
 */
public record NpyHeader(
    char kind, int itemBytes, ByteOrder order, List<Long> shape, int headerBytes) {
  private static final byte[] MARK = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int LONGEST = 1 << 16;
  private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9,\\sL]*)\\)");
  private static final Pattern NUMBERS =
      Pattern.compile("([<>|=]?)(?:(b)(1)|([ui])([1248])|(f)([48]))");

  /**
   * @param name as messages name the array
   * @throws DatasetException if it is no array that Elbow reads; says what was found
   */
  public static NpyHeader read(String name, DataInputStream in)
      throws IOException, DatasetException {
    try {
      byte[] mark = in.readNBytes(MARK.length);
      require(Arrays.equals(mark, MARK), name, "does not begin as an array of NumPy does");
      int version = in.readUnsignedByte();
      in.readUnsignedByte();
      require(
          version >= 1 && version <= 3, name, "has version " + version + ", expected 1, 2 or 3");
      int lengthBytes = version == 1 ? Short.BYTES : Integer.BYTES;
      long length = length(in, version);
      require(
          length <= LONGEST,
          name,
          "has a header of %d bytes, expected at most %d".formatted(length, LONGEST));
      byte[] text = new byte[(int) length];
      in.readFully(text);
      return parse(
          name,
          new String(text, version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1),
          MARK.length + 2 + lengthBytes + text.length);
    } catch (EOFException e) {
      throw new DatasetException("%s: ends within its header".formatted(name), e);
    }
  }

  private static long length(DataInputStream in, int version) throws IOException {
    return version == 1
        ? Short.toUnsignedLong(Short.reverseBytes(in.readShort()))
        : Integer.toUnsignedLong(Integer.reverseBytes(in.readInt()));
  }

  private static NpyHeader parse(String name, String text, int headerBytes)
      throws DatasetException {
    String type = group(TYPE, text);
    String order = group(ORDER, text);
    String shape = group(SHAPE, text);
    require(
        order != null && shape != null && text.contains("'descr'"),
        name,
        "has a header without type, order or shape: '%s'".formatted(text.strip()));
    require(
        type == null || !type.contains("O"),
        name,
        "holds pickled Python objects, which are never read; expected numbers");
    Matcher number = NUMBERS.matcher(type == null ? "" : type);
    require(
        number.matches(),
        name,
        "has values of type %s, expected booleans, integers, float32 or float64"
            .formatted(type == null ? text.strip() : type));
    List<Long> sizes = sizes(name, shape);
    require(
        order.equals("False") || sizes.size() < 2,
        name,
        "is in Fortran order, expected C order: save numpy.ascontiguousarray of it");
    return new NpyHeader(
        first(number, 2, 4, 6).charAt(0),
        Integer.parseInt(first(number, 3, 5, 7)),
        number.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN,
        sizes,
        headerBytes);
  }

  private static String group(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : null;
  }

  private static String first(Matcher matcher, int... groups) {
    return Arrays.stream(groups)
        .mapToObj(matcher::group)
        .filter(group -> group != null)
        .findFirst()
        .orElseThrow();
  }

  private static List<Long> sizes(String name, String shape) throws DatasetException {
    try {
      List<Long> sizes =
          Pattern.compile("[0-9]+")
              .matcher(shape)
              .results()
              .map(r -> Long.valueOf(r.group()))
              .toList();
      sizes.stream().reduce(1L << 4, Math::multiplyExact);
      return sizes;
    } catch (ArithmeticException | NumberFormatException e) {
      throw new DatasetException(
          "%s: has the shape (%s), which no file can hold".formatted(name, shape), e);
    }
  }

  private static void require(boolean holds, String name, String found) throws DatasetException {
    if (!holds) {
      throw new DatasetException("%s: %s".formatted(name, found));
    }
  }

  /** All values, in bytes. */
  long valueBytes() {
    return shape.stream().reduce(1L, Math::multiplyExact) * itemBytes;
  }

  /** Whether values are floats of 32 or 64 bits. */
  public boolean isFloat() {
    return kind == 'f';
  }
}
