package dev.elbow.cli.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * PNG and JPEG files.
 *
 * @param files in the order of their names
 * @param root the folder that was named, below which a folder's name is a label; a file's own
 *     folder where a single file was named
 */
record PictureFiles(List<Path> files, Path root, ImageShape shape) implements ImageSource {
  private static final List<String> ENDINGS = List.of(".png", ".jpg", ".jpeg");

  static PictureFiles file(Path file, ImageShape shape) {
    return new PictureFiles(List.of(file), file.toAbsolutePath().getParent(), shape);
  }

  /** All pictures in a folder and the folders below it, except hidden ones. */
  static PictureFiles folder(Path folder, ImageShape shape) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> found =
          files
              .filter(file -> isPicture(folder.relativize(file)) && Files.isRegularFile(file))
              .sorted()
              .toList();
      return new PictureFiles(found, folder, shape);
    }
  }

  private static boolean isPicture(Path below) {
    for (Path part : below) {
      if (part.toString().startsWith(".")) {
        return false;
      }
    }
    return isPictureName(below.toString());
  }

  /** Whether a file's name says that it is one. */
  static boolean isPictureName(String name) {
    return ENDINGS.stream().anyMatch(name.toLowerCase(Locale.ROOT)::endsWith);
  }

  @Override
  public int count() {
    return files.size();
  }

  @Override
  public String name(int index) {
    return files.get(index).toString();
  }

  @Override
  public Optional<String> label(int index) {
    Path file = files.get(index).toAbsolutePath();
    Path below = root.toAbsolutePath().relativize(file);
    return below.getNameCount() < 2 ? Optional.empty() : Optional.of(below.getName(0).toString());
  }

  @Override
  public float[] read(int index) throws BrokenImageException {
    return Picture.read(files.get(index), shape);
  }
}
