package dev.elbow.trainer.files;

import static java.util.Objects.requireNonNull;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** The folder of one attempt, hashing what is written into it. Belongs to one thread. */
final class AttemptFolder {
  private final Path folder;
  private final Map<String, String> sha256 = new TreeMap<>();

  AttemptFolder(Path folder) {
    this.folder = requireNonNull(folder, "folder is null");
  }

  /** Writes the bytes of a file, many at a time. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  Path path() {
    return folder;
  }

  void write(String name, Content content) throws IOException {
    MessageDigest digest = sha256();
    try (OutputStream file = Files.newOutputStream(folder.resolve(name));
        OutputStream hashed = new DigestOutputStream(file, digest);
        OutputStream pieces = new Pieces(hashed)) {
      content.writeTo(pieces);
    }
    sha256.put(name, HexFormat.of().formatHex(digest.digest()));
  }

  /** Hands on what is large in pieces that stay near the processor from the hash to the file. */
  private static final class Pieces extends FilterOutputStream {
    private static final int BYTES = 1 << 16;

    Pieces(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      int end = offset + length;
      for (int from = offset; from < end; from += BYTES) {
        out.write(bytes, from, Math.min(BYTES, end - from));
      }
    }
  }

  void write(String name, byte[] content) throws IOException {
    write(name, out -> out.write(content));
  }

  void write(String name, String content) throws IOException {
    write(name, content.getBytes(StandardCharsets.UTF_8));
  }

  /** What was written: SHA-256 in lower-case hexadecimal, by file name. */
  Map<String, String> written() {
    return sha256;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
