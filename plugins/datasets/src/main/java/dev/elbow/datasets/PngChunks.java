package dev.elbow.datasets;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * The pieces that a PNG file consists of (ISO/IEC 15948), each with a checksum that the JDK's
 * reader does not look at. Nor does it miss the end of a file once it has all rows.
 */
final class PngChunks {
  private static final byte FIRST_BYTE = (byte) 0x89;
  private static final int SIGNATURE_BYTES = 8;
  private static final int TYPE_BYTES = 4;

  private PngChunks() {}

  /**
   * Refuses a PNG file that is truncated or was changed; others pass.
   *
   * @throws IOException that tells what is wrong
   */
  static void requireWhole(byte[] file) throws IOException {
    if (file.length == 0 || file[0] != FIRST_BYTE) {
      return;
    }
    ByteBuffer chunks = ByteBuffer.wrap(file);
    try {
      chunks.get(new byte[SIGNATURE_BYTES]);
      String type = "";
      while (!type.equals("IEND")) {
        type = next(chunks);
      }
    } catch (BufferUnderflowException | IndexOutOfBoundsException | ArithmeticException e) {
      throw new IOException("is damaged: it ends too early", e);
    }
  }

  private static String next(ByteBuffer chunks) throws IOException {
    int length = chunks.getInt();
    String type = US_ASCII.decode(chunks.slice(chunks.position(), TYPE_BYTES)).toString();
    CRC32 checksum = new CRC32();
    checksum.update(chunks.slice(chunks.position(), Math.addExact(length, TYPE_BYTES)));
    chunks.position(chunks.position() + length + TYPE_BYTES);
    if (chunks.getInt() != (int) checksum.getValue()) {
      throw new IOException("is damaged: the checksum of its part %s is wrong".formatted(type));
    }
    return type;
  }
}
