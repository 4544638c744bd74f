package dev.elbow.inference;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes that are written bit by bit, the lowest first, as RFC 1951 has them. For one thread. */
final class BitWriter {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes;
  private int size;
  private long waiting;
  private int waitingBits;

  BitWriter(int expectedBytes) {
    bytes = new byte[Math.max(Long.BYTES, expectedBytes)];
  }

  /**
   * Appends the lowest bits of {@code value}, which has no others.
   *
   * @param count at most 32
   */
  void put(long value, int count) {
    if (size + Long.BYTES > bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length);
    }
    waiting |= value << waitingBits;
    waitingBits += count;
    // All that is waiting, and only whole bytes count: quicker than byte by byte.
    LONGS.set(bytes, size, waiting);
    int whole = waitingBits & -Byte.SIZE;
    size += whole / Byte.SIZE;
    waiting >>>= whole;
    waitingBits -= whole;
  }

  /** Fills the last byte up with zeros. */
  void align() {
    put(0, -waitingBits & Byte.SIZE - 1);
  }

  /** What was written, up to the last whole byte. */
  byte[] bytes() {
    return Arrays.copyOf(bytes, size);
  }
}
