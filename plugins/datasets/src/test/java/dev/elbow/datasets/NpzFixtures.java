package dev.elbow.datasets;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Archives that NumPy wrote, and others that it would not write. */
final class NpzFixtures {
  private static final List<String> WRITTEN_BY_NUMPY =
      List.of(
          "dsprites",
          "xy",
          "declared",
          "floats",
          "bools",
          "big-endian",
          "fortran",
          "pickled",
          "version1",
          "version2",
          "version3");

  private NpzFixtures() {}

  /** Copies what NumPy wrote to {@code folder}. */
  static void copy(Path folder) throws IOException {
    for (String name : WRITTEN_BY_NUMPY) {
      String file = name + ".npz";
      try (InputStream in = NpzFixtures.class.getResourceAsStream("/npz/" + file)) {
        Files.copy(in, folder.resolve(file));
      }
    }
  }

  /** An array of version 1 with any header. */
  static byte[] array(String header, byte[] values) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
    out.writeByte(0x93);
    out.writeBytes("NUMPY");
    out.writeShort(0x0100);
    out.writeShort(Short.reverseBytes((short) text.length));
    out.write(text);
    out.write(values);
    return bytes.toByteArray();
  }

  /** An archive with one array {@code x}. */
  static void write(Path file, byte[] array) throws IOException {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      out.putNextEntry(new ZipEntry("x.npy"));
      out.write(array);
    }
  }
}
