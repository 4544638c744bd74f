package dev.elbow.coordinator.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;

/** Bytes made smaller for browsers. */
final class Gzip {
  private Gzip() {}

  static byte[] pack(byte[] plain) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new IllegalStateException("memory can be written to", e);
    }
    return packed.toByteArray();
  }
}
