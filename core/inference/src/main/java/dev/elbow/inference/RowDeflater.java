package dev.elbow.inference;

import java.util.Arrays;

/**
 * Compresses the rows of a picture to the format of zlib (RFC 1950, RFC 1951), many times as fast
 * as zlib does. Of repetitions it looks for those of enlarged images alone: a row that equals the
 * row above, and a run of zeros. For one picture and one thread.
 */
final class RowDeflater {
  private static final int END = 256;
  private static final int FIRST_LENGTH = 257;
  private static final int LAST_LENGTH = 285;
  private static final int SYMBOLS = 286;
  private static final int LONGEST_CODE = 15;

  private static final int SHORTEST_MATCH = 3;
  private static final int LONGEST_MATCH = 258;
  private static final int FARTHEST = 1 << 15;

  // Shorter ones take no more bits as single bytes, because no byte is as frequent.
  private static final int SHORTEST_RUN = 5;

  // Tokens: a byte as it is; a byte with a zero behind it, which is what a pixel of an image of
  // twice its size looks like; a match: its length less the shortest, twice, and its kind.
  private static final int WITH_ZERO = 256;
  private static final int MATCH = 512;

  // Matches are of the byte before, or of the row above.
  private static final int RUN = 0;
  private static final int ROW = 1;

  // Adler-32 by hand, because of a row that repeats and of a run of zeros it is a product.
  private static final int MODULUS = 65_521;

  private final int rowBytes;
  private final int rowDistance;
  private final int[] counts = new int[SYMBOLS];
  private char[] tokens;
  private int size;
  private int rowStart;
  private int zeros;
  private long repeated;
  private long sum = 1;
  private long sumOfSums;
  private long rowSum;
  private long rowSumOfSums;

  /**
   * @param rowBytes of each row
   * @param rows that are expected
   */
  RowDeflater(int rowBytes, int rows) {
    this.rowBytes = rowBytes;
    this.rowDistance = Math.min(rowBytes, FARTHEST);
    // Images of twice their size have a token for four pixels.
    this.tokens = new char[Math.multiplyExact(rowBytes, rows) / 4 + rowBytes];
    counts[END] = 1;
  }

  /** Begins a row; all of its bytes follow, and then {@link #endRow}. */
  void beginRow() {
    endRepetition();
    reserve(rowBytes);
    rowStart = size;
    rowSum = sum;
    rowSumOfSums = sumOfSums;
  }

  /** The next byte of a row, from 0 to 255. */
  void put(int value) {
    if (value == 0) {
      zeros++;
      return;
    }
    if (zeros > 0) {
      endZeros();
    }
    counts[value]++;
    tokens[size++] = (char) value;
    sum += value;
    sumOfSums += sum;
  }

  /** As many zeros. */
  void putZeros(int count) {
    zeros += count;
  }

  private void endZeros() {
    int run = zeros;
    zeros = 0;
    sumOfSums += run * sum;
    if (run >= SHORTEST_RUN) {
      zero();
      matches(run - 1, RUN);
    } else {
      for (int i = 0; i < run; i++) {
        zero();
      }
    }
  }

  private void zero() {
    counts[0]++;
    if (size > rowStart && tokens[size - 1] < WITH_ZERO) {
      tokens[size - 1] += WITH_ZERO;
    } else {
      tokens[size++] = 0;
    }
  }

  /** Ends a row of which everything was put. */
  void endRow() {
    endZeros();
    rowSumOfSums = sumOfSums - rowSumOfSums - rowBytes * rowSum;
    rowSum = sum - rowSum;
    sum %= MODULUS;
    sumOfSums %= MODULUS;
  }

  /** Adds the last row once more. */
  void repeat() {
    if (rowBytes > rowDistance || rowBytes < SHORTEST_MATCH) {
      putAgain();
    } else {
      repeated++;
    }
    sumOfSums = (sumOfSums + rowBytes * sum + rowSumOfSums) % MODULUS;
    sum = (sum + rowSum) % MODULUS;
  }

  private void putAgain() {
    int end = size;
    reserve(end - rowStart);
    for (int i = rowStart; i < end; i++) {
      count(tokens[i]);
      tokens[size++] = tokens[i];
    }
    rowStart = end;
  }

  private void count(int token) {
    if (token >= MATCH) {
      counts[lengthSymbol(length(token))]++;
    } else {
      counts[token % WITH_ZERO]++;
      counts[0] += token / WITH_ZERO;
    }
  }

  private void endRepetition() {
    if (repeated > 0) {
      long bytes = repeated * rowBytes;
      repeated = 0;
      reserve((int) (bytes / LONGEST_MATCH) + 2);
      matches(bytes, ROW);
    }
  }

  private void matches(long bytes, int kind) {
    long left = bytes;
    while (left > 0) {
      int length = (int) Math.min(left, LONGEST_MATCH);
      // What is left over must be long enough for a match of its own.
      boolean isRestTooShort = left > length && left - length < SHORTEST_MATCH;
      match(isRestTooShort ? length - SHORTEST_MATCH : length, kind);
      left -= isRestTooShort ? length - SHORTEST_MATCH : length;
    }
  }

  private void match(int length, int kind) {
    counts[lengthSymbol(length)]++;
    tokens[size++] = (char) (MATCH + 2 * (length - SHORTEST_MATCH) + kind);
  }

  private static int length(int token) {
    return (token - MATCH) / 2 + SHORTEST_MATCH;
  }

  private void reserve(int more) {
    if (size + more > tokens.length) {
      tokens = Arrays.copyOf(tokens, Math.max(size + more, 2 * tokens.length));
    }
  }

  /** All rows, compressed; none may be added any more. */
  byte[] finish() {
    endRepetition();
    HuffmanCode code = HuffmanCode.of(counts, LONGEST_CODE);
    BitWriter out = new BitWriter(size);
    writeHeader(code, out);
    writeTokens(code, out);
    code.put(END, out);
    out.align();
    // The checksum's highest byte comes first, everything else begins with the lowest.
    long checksum = sumOfSums << 16 | sum;
    out.put(Long.reverseBytes(checksum) >>> Integer.SIZE, Integer.SIZE);
    return out.bytes();
  }

  private void writeTokens(HuffmanCode code, BitWriter out) {
    int[] codes = new int[MATCH];
    int[] lengths = new int[MATCH];
    for (int value = 0; value < WITH_ZERO; value++) {
      codes[value] = code.code(value);
      lengths[value] = code.length(value);
      codes[value + WITH_ZERO] = codes[value] | codes[0] << lengths[value];
      lengths[value + WITH_ZERO] = lengths[value] + lengths[0];
    }
    for (int i = 0; i < size; i++) {
      int token = tokens[i];
      if (token < MATCH) {
        out.put(codes[token], lengths[token]);
      } else {
        writeMatch(length(token), token % 2, code, out);
      }
    }
  }

  private void writeMatch(int length, int kind, HuffmanCode code, BitWriter out) {
    int symbol = lengthSymbol(length);
    code.put(symbol, out);
    putRest(length - SHORTEST_MATCH, symbol == LAST_LENGTH ? 0 : lengthRest(length), out);
    // There are two distances, so one bit tells them apart.
    out.put(kind, 1);
    putRest(rowDistance - 1, kind == ROW ? distanceRest(rowDistance) : 0, out);
  }

  private static void putRest(int value, int bits, BitWriter out) {
    out.put(value & (1 << bits) - 1, bits);
  }

  // One block with codes of its own. Their lengths are told plainly, four bits each: a code for
  // them would save some bytes.
  private void writeHeader(HuffmanCode code, BitWriter out) {
    int farthest = distanceSymbol(rowDistance);
    out.put(0x0178, 16); // zlib, a window of 32 KiB
    out.put(0b101, 3); // last block, codes of its own
    out.put(SYMBOLS - FIRST_LENGTH, 5);
    out.put(farthest, 5);
    out.put(19 - 4, 4);
    for (int i = 0; i < 19; i++) {
      out.put(i < 3 ? 0 : 4, 3); // 16, 17 and 18, which repeat lengths, come first and are not used
    }
    for (int symbol = 0; symbol < SYMBOLS; symbol++) {
      putLength(code.length(symbol), out);
    }
    for (int symbol = 0; symbol <= farthest; symbol++) {
      putLength(symbol == 0 || symbol == farthest ? 1 : 0, out);
    }
  }

  private static void putLength(int length, BitWriter out) {
    out.put(Integer.reverse(length) >>> (Integer.SIZE - 4), 4);
  }

  private static int lengthSymbol(int length) {
    int rest = lengthRest(length);
    return length == LONGEST_MATCH
        ? LAST_LENGTH
        : FIRST_LENGTH + 4 * rest + (length - SHORTEST_MATCH >> rest);
  }

  /** Bits that follow the symbol of a length, in RFC 1951's table. */
  private static int lengthRest(int length) {
    return Math.max(0, log2(length - SHORTEST_MATCH) - 2);
  }

  private static int distanceSymbol(int distance) {
    int rest = distanceRest(distance);
    return 2 * rest + (distance - 1 >> rest);
  }

  private static int distanceRest(int distance) {
    return Math.max(0, log2(distance - 1) - 1);
  }

  private static int log2(int value) {
    return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(value);
  }
}
