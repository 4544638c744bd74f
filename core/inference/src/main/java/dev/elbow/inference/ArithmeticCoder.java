package dev.elbow.inference;

import java.io.ByteArrayOutputStream;

/**
 * Writes symbols in as many bits as they surprise an {@link AdaptiveModel} (Witten, Neal and Cleary
 * 1987), in integers alone, so that every machine reads what another wrote.
 */
final class ArithmeticCoder {
  static final int BITS = 31;
  static final long TOP = (1L << BITS) - 1;
  static final long HALF = 1L << (BITS - 1);
  static final long QUARTER = HALF / 2;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private long low;
  private long high = TOP;
  private int undecided;
  private int current;
  private int filled;

  void write(AdaptiveModel model, int symbol) {
    long range = high - low + 1;
    high = low + range * model.before(symbol + 1) / model.total() - 1;
    low = low + range * model.before(symbol) / model.total();
    model.occurred(symbol);
    while (settle()) {
      low = 2 * low;
      high = 2 * high + 1;
    }
  }

  /** Takes away what both ends have in common; false if that is nothing. */
  private boolean settle() {
    if (high < HALF) {
      decided(0);
    } else if (low >= HALF) {
      decided(1);
      low -= HALF;
      high -= HALF;
    } else if (low >= QUARTER && high < HALF + QUARTER) {
      undecided++;
      low -= QUARTER;
      high -= QUARTER;
    } else {
      return false;
    }
    return true;
  }

  private void decided(int bit) {
    bit(bit);
    for (; undecided > 0; undecided--) {
      bit(1 - bit);
    }
  }

  private void bit(int bit) {
    current = 2 * current + bit;
    filled++;
    if (filled == Byte.SIZE) {
      bytes.write(current);
      current = 0;
      filled = 0;
    }
  }

  /** All that was written; nothing may follow. */
  byte[] finish() {
    undecided++;
    decided(low < QUARTER ? 0 : 1);
    while (filled > 0) {
      bit(0);
    }
    return bytes.toByteArray();
  }
}
