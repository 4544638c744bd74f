package dev.elbow.datasets;

import dev.elbow.api.data.DatasetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** An archive of NumPy, open: a zip file with an array in each entry. */
final class NpzArchive implements AutoCloseable {
  private static final String ENDING = ".npy";

  private final String name;
  private final ZipFile zip;

  private NpzArchive(String name, ZipFile zip) {
    this.name = name;
    this.zip = zip;
  }

  /**
   * @param name as messages name it
   * @throws DatasetException if it is no whole zip file
   */
  static NpzArchive open(String name, Path path) throws DatasetException {
    if (!Files.isRegularFile(path)) {
      throw new DatasetException("'%s' is a folder, expected an .npz file".formatted(name));
    }
    try {
      return new NpzArchive(name, new ZipFile(path.toFile()));
    } catch (IOException e) {
      throw new DatasetException(
          "'%s' cannot be read as an .npz file, which is a zip file: %s; it may be truncated"
              .formatted(name, e.getMessage()),
          e);
    }
  }

  /** The names of its arrays, in the order of the file. */
  List<String> arrays() {
    return zip.stream()
        .map(ZipEntry::getName)
        .filter(entry -> entry.endsWith(ENDING))
        .map(entry -> entry.substring(0, entry.length() - ENDING.length()))
        .toList();
  }

  /**
   * An array, its header read.
   *
   * @throws DatasetException if it is none that Elbow reads, or has another size than it says
   */
  Optional<NpyArray> find(String array) throws DatasetException {
    ZipEntry entry = zip.getEntry(array + ENDING);
    if (entry == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(NpyArray.open("'%s' %s".formatted(name, array), zip, entry));
    } catch (IOException e) {
      throw new DatasetException(
          "'%s' %s: cannot be read: %s".formatted(name, array, e.getMessage()), e);
    }
  }

  @Override
  public void close() throws DatasetException {
    try {
      zip.close();
    } catch (IOException e) {
      throw new DatasetException("'%s' cannot be closed: %s".formatted(name, e.getMessage()), e);
    }
  }
}
