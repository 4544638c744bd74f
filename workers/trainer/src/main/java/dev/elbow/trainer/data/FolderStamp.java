package dev.elbow.trainer.data;

import dev.elbow.api.data.DataFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells whether files have changed without reading them: by names, sizes and times. */
final class FolderStamp {
  private FolderStamp() {}

  /** Equal while nothing below {@code folder} changes; empty if it cannot be looked at. */
  static Optional<String> of(DataFolder folder) {
    if (folder.root().isEmpty()) {
      return Optional.of("no files");
    }
    try (Stream<Path> paths = Files.walk(folder.root().get(), FileVisitOption.FOLLOW_LINKS)) {
      return Optional.of(digest(paths.filter(Files::isRegularFile).sorted().toList()));
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }

  private static String digest(List<Path> files) throws IOException {
    MessageDigest digest = sha256();
    for (Path file : files) {
      String line = "%s|%d|%s%n".formatted(file, Files.size(file), Files.getLastModifiedTime(file));
      digest.update(line.getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
