package dev.elbow.coordinator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Tries whether a file system that is not the machine's own shows files and folders as {@link
 * java.nio.file.Files} says, before results are entrusted to it. Blocks.
 */
final class FileSystemCheck {
  private static final String CONTENT = "whole";

  private final Path folder;
  private final Path inner;
  private final Path file;

  private FileSystemCheck(Path results) {
    this.folder = results.resolve(".check-" + UUID.randomUUID());
    this.inner = folder.resolve("inner");
    this.file = inner.resolve("file");
  }

  /**
   * @throws IOException if results cannot be kept in this folder, with the reason
   */
  static void require(Path results) throws IOException {
    if (results.getFileSystem() == FileSystems.getDefault()) {
      return;
    }
    Optional<String> trouble;
    try {
      trouble = new FileSystemCheck(results).trouble();
    } catch (IOException | RuntimeException e) {
      throw new IOException("%s cannot be used: %s".formatted(results, e), e);
    }
    if (trouble.isPresent()) {
      throw new IOException(
          "%s: results cannot be kept in the file system of %s, which says that %s; expected what java.nio.file.Files promises"
              .formatted(
                  results, results.getFileSystem().provider().getClass().getName(), trouble.get()));
    }
  }

  private Optional<String> trouble() throws IOException {
    Files.createDirectories(inner);
    Path part = Files.writeString(inner.resolve("part"), CONTENT);
    Relocation.replace(part, file);
    try {
      Optional<String> shown = shown();
      return shown.isPresent() ? shown : moved();
    } finally {
      Files.deleteIfExists(file);
      new FileTree(folder).delete();
    }
  }

  private Optional<String> shown() throws IOException {
    if (!Files.isDirectory(inner) || !Files.isDirectory(folder)) {
      return Optional.of("a folder in which there is a file is no folder");
    }
    if (!Files.isRegularFile(file) || !CONTENT.equals(content())) {
      return Optional.of("a file that was written is not there");
    }
    if (Files.exists(inner.resolve("part")) || Files.isDirectory(inner.resolve("none"))) {
      return Optional.of("something is there that is not");
    }
    return List.of("inner").equals(names())
            && new FileTree(folder).usageExcept(Set.of()).files() == 1
        ? Optional.empty()
        : Optional.of("in a folder is something else than was put there");
  }

  private Optional<String> moved() throws IOException {
    Path place = folder.resolve("place");
    Relocation.folder(inner, place, List.of("file"));
    return Files.isRegularFile(place.resolve("file"))
        ? Optional.empty()
        : Optional.of("a folder that was moved lacks its files");
  }

  private String content() throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).toList();
    }
  }
}
