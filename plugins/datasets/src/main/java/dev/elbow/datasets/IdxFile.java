package dev.elbow.datasets;

import dev.elbow.api.data.DatasetException;
import dev.elbow.api.data.Targets;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/**
 * A file of unsigned bytes in the IDX format (LeCun, Cortes and Burges, “The MNIST database”): two
 * zero bytes, the type, the number of dimensions, each dimension as a big-endian integer, then the
 * values in row-major order. Gzipped files are told by their content.
 *
 * @param name as messages name it
 * @param path where it lies
 * @param gzipped whether it is compressed
 * @param dimensions as its header says, each at least 1; their product fits an array
 */
public record IdxFile(String name, Path path, boolean gzipped, int[] dimensions) {
  private static final int UNSIGNED_BYTES = 0x08;
  private static final int GZIP_MAGIC = 0x1f8b;
  private static final int BUFFER = 1 << 16;
  private static final long LARGEST = Integer.MAX_VALUE - 8;

  /**
   * Reads the header, and compares the file's size with it as far as that is quick.
   *
   * @param rank how many dimensions it must have
   * @throws DatasetException if it is another file, or has fewer or more values than it says
   */
  public static IdxFile open(String name, Path path, int rank) throws DatasetException {
    try {
      boolean gzipped = startsAsGzip(path);
      IdxFile file = new IdxFile(name, path, gzipped, header(name, path, gzipped, rank));
      file.requireSize();
      return file;
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  private static boolean startsAsGzip(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] start = in.readNBytes(2);
      return start.length == 2 && ((start[0] & 0xff) << 8 | (start[1] & 0xff)) == GZIP_MAGIC;
    }
  }

  private static int[] header(String name, Path path, boolean gzipped, int rank)
      throws IOException, DatasetException {
    try (DataInputStream in = new DataInputStream(content(path, gzipped))) {
      int magic = in.readInt();
      int expected = UNSIGNED_BYTES << 8 | rank;
      if (magic != expected) {
        throw new DatasetException(
            "%s: begins with 0x%08x, expected 0x%08x, the mark of unsigned bytes in %d dimension%s"
                .formatted(name, magic, expected, rank, rank == 1 ? "" : "s"));
      }
      int[] dimensions = new int[rank];
      for (int i = 0; i < rank; i++) {
        dimensions[i] = in.readInt();
      }
      return requireFit(name, dimensions);
    } catch (EOFException e) {
      throw new DatasetException(
          "%s: ends within its header, expected %d bytes of it".formatted(name, 4 + 4 * rank), e);
    }
  }

  private static int[] requireFit(String name, int[] dimensions) throws DatasetException {
    double product = Arrays.stream(dimensions).asDoubleStream().reduce(1, (a, b) -> a * b);
    if (Arrays.stream(dimensions).anyMatch(d -> d < 1) || product > LARGEST) {
      throw new DatasetException(
          "%s: its header says %s, expected dimensions of at least 1 and less than 2 GiB in all"
              .formatted(name, shown(dimensions)));
    }
    return dimensions;
  }

  // A gzipped file ends with the size of its content; only if that is wrong (truncated, or several
  // pieces in one file) does it pay to decompress.
  private void requireSize() throws IOException, DatasetException {
    long expected = headerBytes() + values();
    long found = gzipped ? trailer() : Files.size(path);
    if (gzipped && found != expected) {
      found = decompressed(expected + 1);
    }
    if (found != expected) {
      throw new DatasetException(
          "%s: has %s%d bytes%s, expected %d: a header of %d and %s values"
              .formatted(
                  name,
                  found > expected && gzipped ? "at least " : "",
                  found,
                  gzipped ? " after decompression" : "",
                  expected,
                  headerBytes(),
                  shown(dimensions)));
    }
  }

  private long trailer() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      file.seek(Math.max(0, file.length() - 4));
      return Integer.toUnsignedLong(Integer.reverseBytes(file.readInt()));
    }
  }

  private long decompressed(long most) throws IOException {
    long size = 0;
    try (InputStream in = content(path, true)) {
      byte[] buffer = new byte[BUFFER];
      for (int n = in.read(buffer); n >= 0 && size < most; n = in.read(buffer)) {
        size += n;
      }
    } catch (EOFException e) {
      return size;
    }
    return Math.min(size, most);
  }

  private static InputStream content(Path path, boolean gzipped) throws IOException {
    InputStream raw = Files.newInputStream(path);
    if (!gzipped) {
      return new BufferedInputStream(raw, BUFFER);
    }
    try {
      return new BufferedInputStream(new GZIPInputStream(raw, BUFFER), BUFFER);
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  private int headerBytes() {
    return 4 + 4 * dimensions.length;
  }

  private long values() {
    return Arrays.stream(dimensions).asLongStream().reduce(1, (a, b) -> a * b);
  }

  int dimension(int axis) {
    return dimensions[axis];
  }

  /** The whole content, header included. */
  InputStream content() throws IOException {
    return content(path, gzipped);
  }

  /** The values. */
  InputStream body() throws IOException {
    InputStream in = content();
    try {
      in.skipNBytes(headerBytes());
      return in;
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /** All values in one array. */
  public byte[] read() throws DatasetException {
    try (InputStream in = body()) {
      byte[] bytes = in.readNBytes((int) values());
      requireEnd(in, bytes.length);
      return bytes;
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  /**
   * All images of a file of them, grey values as they are.
   *
   * @param edge height and width to resample to; 0 for as they are
   */
  public byte[] images(int edge) throws DatasetException {
    return IdxPixels.read(this, new IdxTreatment(Targets.GREY, edge));
  }

  /**
   * Refuses a file that ends after fewer or more than its values. Reading up to the end also makes
   * a gzipped file's checksum be compared.
   *
   * @param found how many values were read before {@code in} ended or all were there
   */
  void requireEnd(InputStream in, long found) throws IOException, DatasetException {
    boolean more = in.read() >= 0;
    if (more || found != values()) {
      throw new DatasetException(
          "%s: has %s %d values, expected %d"
              .formatted(name, more ? "more than" : "only", found, values()));
    }
  }

  static DatasetException unreadable(String name, IOException cause) {
    String reason =
        cause instanceof EOFException
            ? "ends too early: truncated"
            : String.valueOf(cause.getMessage());
    return new DatasetException("%s: cannot be read: %s".formatted(name, reason), cause);
  }

  private static String shown(int[] dimensions) {
    return Arrays.stream(dimensions).mapToObj(String::valueOf).collect(Collectors.joining(" x "));
  }
}
