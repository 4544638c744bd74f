package dev.elbow.inference;

import java.util.Arrays;
import java.util.zip.Adler32;

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

  // Matches are of the byte before, or of the row above.
  private static final int RUN = 0;
  private static final int ROW = 1;

  private final int rowBytes;
  private final int rowDistance;
  private final Adler32 checksum = new Adler32();
  private final int[] counts = new int[SYMBOLS];
  // A byte as it is, or a match: 256 + 2 × (length - 3) + its kind.
  private char[] tokens;
  private int size;
  private byte[] last = {};
  private long repeated;

  /**
   * @param rowBytes of each row
   * @param rows that are expected
   */
  RowDeflater(int rowBytes, int rows) {
    this.rowBytes = rowBytes;
    this.rowDistance = Math.min(rowBytes, FARTHEST);
    // Enlarged images repeat every other row at least.
    this.tokens = new char[Math.multiplyExact(rowBytes, rows) / 2 + rowBytes];
    counts[END] = 1;
  }

  /** Adds a row, which must not change before the next one is added. */
  void add(byte[] row) {
    endRepetition();
    checksum.update(row);
    reserve(row.length);
    int at = 0;
    while (at < row.length) {
      int run = zeros(row, at);
      if (run >= SHORTEST_RUN) {
        literals(row, at, at + 1);
        matches(run - 1, RUN);
        at += run;
      } else {
        int end = nextRun(row, at + run);
        literals(row, at, end);
        at = end;
      }
    }
    last = row;
  }

  /** Where the next run begins that is long enough; the end of the row if there is none. */
  private static int nextRun(byte[] row, int from) {
    int zeros = 0;
    for (int at = from; at < row.length; at++) {
      zeros = row[at] == 0 ? zeros + 1 : 0;
      if (zeros == SHORTEST_RUN) {
        return at + 1 - SHORTEST_RUN;
      }
    }
    return row.length;
  }

  private static int zeros(byte[] row, int from) {
    int to = from;
    while (to < row.length && row[to] == 0) {
      to++;
    }
    return to - from;
  }

  /** Adds the last row once more. */
  void repeat() {
    if (rowBytes > rowDistance || rowBytes < SHORTEST_MATCH) {
      add(last);
    } else {
      checksum.update(last);
      repeated++;
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
    tokens[size++] = (char) (END + 2 * (length - SHORTEST_MATCH) + kind);
  }

  private void literals(byte[] row, int from, int to) {
    for (int at = from; at < to; at++) {
      int value = row[at] & 0xff;
      counts[value]++;
      tokens[size + at - from] = (char) value;
    }
    size += to - from;
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
    for (int i = 0; i < size; i++) {
      write(tokens[i], code, out);
    }
    code.put(END, out);
    out.align();
    // The checksum's highest byte comes first, everything else begins with the lowest.
    out.put(Long.reverseBytes(checksum.getValue()) >>> Integer.SIZE, Integer.SIZE);
    return out.bytes();
  }

  private void write(int token, HuffmanCode code, BitWriter out) {
    if (token < END) {
      code.put(token, out);
      return;
    }
    int length = (token - END) / 2 + SHORTEST_MATCH;
    int symbol = lengthSymbol(length);
    code.put(symbol, out);
    putRest(length - SHORTEST_MATCH, symbol == LAST_LENGTH ? 0 : lengthRest(length), out);
    // There are two distances, so one bit tells them apart.
    int kind = (token - END) % 2;
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
