package dev.elbow.inference;

/** Reads what an {@link ArithmeticCoder} wrote. Of other bytes it makes symbols as well. */
final class ArithmeticDecoder {
  private final byte[] bytes;
  private int position;
  private long low;
  private long high = ArithmeticCoder.TOP;
  private long value;

  ArithmeticDecoder(byte[] bytes) {
    this.bytes = bytes;
    for (int i = 0; i < ArithmeticCoder.BITS; i++) {
      value = 2 * value + bit();
    }
  }

  int read(AdaptiveModel model) {
    long range = high - low + 1;
    long count = ((value - low + 1) * model.total() - 1) / range;
    int symbol = model.at((int) count);
    high = low + range * model.before(symbol + 1) / model.total() - 1;
    low = low + range * model.before(symbol) / model.total();
    model.occurred(symbol);
    while (settle()) {
      low = 2 * low;
      high = 2 * high + 1;
      value = 2 * value + bit();
    }
    return symbol;
  }

  private boolean settle() {
    if (high < ArithmeticCoder.HALF) {
      return true;
    }
    if (low >= ArithmeticCoder.HALF) {
      lower(ArithmeticCoder.HALF);
      return true;
    }
    if (low >= ArithmeticCoder.QUARTER && high < ArithmeticCoder.HALF + ArithmeticCoder.QUARTER) {
      lower(ArithmeticCoder.QUARTER);
      return true;
    }
    return false;
  }

  private void lower(long by) {
    low -= by;
    high -= by;
    value -= by;
  }

  // Behind the end there are zeros, as the coder left them out.
  private int bit() {
    int place = position / Byte.SIZE;
    int shift = Byte.SIZE - 1 - position % Byte.SIZE;
    position++;
    return place < bytes.length ? bytes[place] >> shift & 1 : 0;
  }
}
