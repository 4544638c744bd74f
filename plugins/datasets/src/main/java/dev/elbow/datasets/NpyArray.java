package dev.elbow.datasets;

import dev.elbow.api.data.DatasetException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * An array in an archive that is open. Its first dimension counts rows.
 *
 * @param name as messages name it
 */
record NpyArray(String name, ZipFile archive, ZipEntry entry, NpyHeader header) {
  private static final int BUFFER = 1 << 16;

  /** What is done with the values of a row. */
  interface RowReader {
    void read(int row, NpyRow values) throws DatasetException;
  }

  /**
   * Reads the header and compares it with the size that the archive gives.
   *
   * @throws DatasetException if the array is none that Elbow reads, or has another size than it
   *     says
   */
  static NpyArray open(String name, ZipFile archive, ZipEntry entry)
      throws IOException, DatasetException {
    try (DataInputStream in = new DataInputStream(archive.getInputStream(entry))) {
      NpyHeader header = NpyHeader.read(name, in);
      long expected = header.headerBytes() + header.valueBytes();
      if (entry.getSize() != expected) {
        throw new DatasetException(
            "%s: has %d bytes, expected %d: a header of %d and the values of shape %s, %d bytes each"
                .formatted(
                    name,
                    entry.getSize(),
                    expected,
                    header.headerBytes(),
                    header.shape(),
                    header.itemBytes()));
      }
      return new NpyArray(name, archive, entry, header);
    }
  }

  int rank() {
    return header.shape().size();
  }

  /** The size of a dimension. */
  int dimension(int axis) throws DatasetException {
    long size = axis < rank() ? header.shape().get(axis) : 0;
    if (size < 1 || size > Integer.MAX_VALUE) {
      throw new DatasetException(
          "%s: has the shape %s, expected sizes from 1 to %d in at least %d dimensions"
              .formatted(name, header.shape(), Integer.MAX_VALUE, axis + 1));
    }
    return (int) size;
  }

  /** How many values a row has. */
  int rowSize() throws DatasetException {
    long size = 1;
    for (int axis = 1; axis < rank(); axis++) {
      size *= dimension(axis);
    }
    if (size * header.itemBytes() > Integer.MAX_VALUE - 8) {
      throw new DatasetException(
          "%s: has rows of %d values, expected less than 2 GiB".formatted(name, size));
    }
    return (int) size;
  }

  /**
   * Reads all rows in their order; only one is in memory at a time.
   *
   * @throws DatasetException if the array is damaged, or {@code reader} refuses a row
   */
  void rows(RowReader reader) throws DatasetException {
    int rows = dimension(0);
    NpyRow row = new NpyRow(header, rowSize());
    CRC32 found = new CRC32();
    try (InputStream in =
        new CheckedInputStream(
            new BufferedInputStream(archive.getInputStream(entry), BUFFER), found)) {
      in.readNBytes(header.headerBytes());
      for (int i = 0; i < rows; i++) {
        if (in.readNBytes(row.bytes(), 0, row.bytes().length) < row.bytes().length) {
          throw new DatasetException("%s: has only %d rows, expected %d".formatted(name, i, rows));
        }
        reader.read(i, row);
      }
      requireEnd(in, found);
    } catch (IOException e) {
      throw new DatasetException("%s: cannot be read: %s".formatted(name, e.getMessage()), e);
    }
  }

  private void requireEnd(InputStream in, CRC32 found) throws IOException, DatasetException {
    if (in.read() >= 0) {
      throw new DatasetException(
          "%s: has more values than its shape %s says".formatted(name, header.shape()));
    }
    if (found.getValue() != entry.getCrc()) {
      throw new DatasetException(
          "%s: is damaged: its checksum is %08x, expected %08x"
              .formatted(name, found.getValue(), entry.getCrc()));
    }
  }
}
