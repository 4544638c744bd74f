package dev.elbow.cli.models;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that appears under its name when it is whole. Until then it is hidden beside its place,
 * and it is gone if it is closed before.
 */
final class NewFile implements AutoCloseable {
  private final Path file;
  private final Path part;
  private final OutputStream out;

  NewFile(Path file) throws IOException {
    this.file = file.toAbsolutePath();
    // Not a file of createTempFile, which only its owner may read for ever.
    String name = ".%s.%d.part".formatted(file.getFileName(), ProcessHandle.current().pid());
    this.part = this.file.resolveSibling(name);
    // Ctrl-C leaves nothing behind.
    part.toFile().deleteOnExit();
    this.out = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16);
  }

  static void write(Path file, byte[] content) throws IOException {
    try (NewFile made = new NewFile(file)) {
      made.out.write(content);
      made.commit();
    }
  }

  OutputStream out() {
    return out;
  }

  /** Writes over the beginning, for what is known at the end. */
  void rewriteStart(byte[] start) throws IOException {
    out.flush();
    try (RandomAccessFile whole = new RandomAccessFile(part.toFile(), "rw")) {
      whole.write(start);
    }
  }

  /** It is whole. */
  void commit() throws IOException {
    out.close();
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void close() throws IOException {
    out.close();
    Files.deleteIfExists(part);
  }
}
