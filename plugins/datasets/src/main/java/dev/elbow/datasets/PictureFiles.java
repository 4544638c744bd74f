package dev.elbow.datasets;

import dev.elbow.api.data.DataFolder;
import dev.elbow.api.data.DatasetException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the pictures in a folder. */
final class PictureFiles {
  private static final Pattern PICTURE = Pattern.compile("(.*/)?[^./][^/]*\\.(png|jpg|jpeg)");

  private PictureFiles() {}

  /**
   * The files below {@code folder} that are called pictures, in the order of their names; hidden
   * ones are none.
   *
   * @throws DatasetException if there are none, or a link leads out of the data folder
   */
  static List<PictureFile> below(String folder, DataFolder data) throws DatasetException {
    Path root = data.resolve(folder);
    if (!Files.isDirectory(root)) {
      throw new DatasetException("'%s' is a file, expected a folder".formatted(folder));
    }
    List<PictureFile> files = new ArrayList<>();
    for (String name : names(folder, root)) {
      files.add(new PictureFile(name, data.resolve(folder + "/" + name)));
    }
    if (files.isEmpty()) {
      throw new DatasetException(
          "'%s' holds no file that ends with .png, .jpg or .jpeg".formatted(folder));
    }
    return List.copyOf(files);
  }

  private static List<String> names(String folder, Path root) throws DatasetException {
    try (Stream<Path> paths = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
      return paths
          .filter(Files::isRegularFile)
          .map(path -> root.relativize(path).toString().replace(File.separatorChar, '/'))
          .filter(name -> PICTURE.matcher(name.toLowerCase(Locale.ROOT)).matches())
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw new DatasetException("'%s' cannot be read: %s".formatted(folder, e.getMessage()), e);
    }
  }
}
