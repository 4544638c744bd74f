package dev.elbow.datasets;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A hash over pieces, each with its length in front, so that no two lists of pieces are alike. */
final class Sha256 {
  private final MessageDigest digest;

  Sha256() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  Sha256 text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    length(bytes.length);
    digest.update(bytes);
    return this;
  }

  Sha256 file(Path file) throws IOException {
    length(Files.size(file));
    Files.copy(file, new DigestOutputStream(OutputStream.nullOutputStream(), digest));
    return this;
  }

  private void length(long bytes) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, bytes));
  }

  /** Ends the hash. */
  byte[] bytes() {
    return digest.digest();
  }

  /** Ends the hash; in lower case. */
  String hexadecimal() {
    return HexFormat.of().formatHex(bytes());
  }
}
