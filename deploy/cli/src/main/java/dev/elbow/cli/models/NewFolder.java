package dev.elbow.cli.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder whose files appear when all are there: a new one as a whole, in an old one file by file.
 * Until then they are hidden beside its place, and they are gone if it is closed before.
 */
final class NewFolder implements AutoCloseable {
  private final Path folder;
  private final Path part;

  NewFolder(Path folder) throws IOException {
    this.folder = folder.toAbsolutePath();
    String name = ".%s.%d.part".formatted(folder.getFileName(), ProcessHandle.current().pid());
    this.part = Files.createDirectories(this.folder.resolveSibling(name));
  }

  /** Where files are written to. */
  Path part() {
    return part;
  }

  /** All are there. */
  void commit() throws IOException {
    if (!Files.exists(folder)) {
      Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    for (Path file : below().filter(Files::isRegularFile).toList()) {
      Path place = folder.resolve(part.relativize(file));
      Files.createDirectories(place.getParent());
      Files.move(file, place, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private Stream<Path> below() throws IOException {
    try (Stream<Path> all = Files.walk(part)) {
      return all.toList().stream();
    }
  }

  @Override
  public void close() throws IOException {
    if (!Files.exists(part)) {
      return;
    }
    List<Path> left = below().sorted(Comparator.reverseOrder()).toList();
    for (Path path : left) {
      Files.delete(path);
    }
  }
}
