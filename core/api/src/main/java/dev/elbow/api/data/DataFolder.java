package dev.elbow.api.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The folder below which a sweep may name files. Links that lead out of it are refused like {@code
 * ..}.
 *
 * @param root the folder, or empty where none was given: then every file is refused
 */
public record DataFolder(Optional<Path> root) {

  /** The folder {@code root}. */
  public static DataFolder of(Path root) {
    return new DataFolder(Optional.of(root));
  }

  /** No folder: for datasets that need no files. */
  public static DataFolder none() {
    return new DataFolder(Optional.empty());
  }

  /**
   * An existing file or folder.
   *
   * @param relative as the sweep file names it
   * @return its real path, below the root
   * @throws DatasetException if no folder was given, it does not exist, or it lies outside
   */
  public Path resolve(String relative) throws DatasetException {
    Path folder =
        root.orElseThrow(
            () ->
                new DatasetException(
                    "'%s' names a file, but no --data folder was given".formatted(relative)));
    try {
      Path base = folder.toAbsolutePath().normalize();
      Path path = base.resolve(relative).normalize();
      require(path.startsWith(base), relative, folder);
      if (!Files.exists(path)) {
        throw new DatasetException(
            "'%s' does not exist in the data folder %s".formatted(relative, folder));
      }
      require(path.toRealPath().startsWith(folder.toRealPath()), relative, folder);
      return path.toRealPath();
    } catch (InvalidPathException e) {
      throw new DatasetException("'%s' is no path".formatted(relative), e);
    } catch (IOException e) {
      throw new DatasetException("'%s' cannot be read: %s".formatted(relative, e.getMessage()), e);
    }
  }

  private static void require(boolean inside, String relative, Path folder)
      throws DatasetException {
    if (!inside) {
      throw new DatasetException(
          "'%s' lies outside the data folder %s".formatted(relative, folder));
    }
  }
}
