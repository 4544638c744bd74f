package dev.elbow.coordinator.sweep;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is in a file, of whatever file system. */
public final class FileContent {
  private FileContent() {}

  /**
   * All its bytes; blocks.
   *
   * @throws java.nio.file.NoSuchFileException if there is none
   * @throws IOException if it cannot be read
   */
  public static byte[] read(Path file) throws IOException {
    // Not Files.readAllBytes: it opens a channel without saying for what, and s3fs-nio, an S3 file
    // system, then puts the
    // file that was read in the place of the one that somebody may have written meanwhile.
    try (InputStream in = Files.newInputStream(file)) {
      return in.readAllBytes();
    }
  }
}
