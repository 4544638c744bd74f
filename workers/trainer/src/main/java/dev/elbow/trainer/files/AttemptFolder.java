package dev.elbow.trainer.files;

import static java.util.Objects.requireNonNull;

import java.io.BufferedOutputStream;
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

  /** Writes the bytes of a file. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  Path path() {
    return folder;
  }

  void write(String name, Content content) throws IOException {
    MessageDigest digest = sha256();
    try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(folder.resolve(name)));
        OutputStream hashed = new DigestOutputStream(file, digest)) {
      content.writeTo(hashed);
    }
    sha256.put(name, HexFormat.of().formatHex(digest.digest()));
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
