package dev.elbow.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowDeflaterTest {
  private static final int FARTHEST_DISTANCE = 1 << 15;

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 86, 129, 258, 259, 260, 261, 479, 653, 8000})
  void rowsThatRepeatAreReadBackWhateverTheirLength(int length) throws DataFormatException {
    Random random = new Random(length);
    requireReadBack(
        Stream.of(1, 1, 2, 3, 1, 40)
            .flatMap(times -> Collections.nCopies(times, random(random, length)).stream())
            .toList());
  }

  @Test
  void aRowThatIsTooFarAwayToBeNamedIsWrittenAgain() throws DataFormatException {
    for (int length : new int[] {FARTHEST_DISTANCE, FARTHEST_DISTANCE + 1}) {
      byte[] row = random(new Random(1), length);
      requireReadBack(List.of(row, row));
    }
  }

  @Test
  void runsOfZerosAreReadBackWhateverTheirLength() throws DataFormatException {
    requireReadBack(
        IntStream.range(0, 800)
            .mapToObj(zeros -> Arrays.copyOf(new byte[] {7, 9}, 1000 - zeros))
            .map(row -> Arrays.copyOf(ended(row), 1000))
            .toList());
  }

  private static byte[] ended(byte[] row) {
    row[row.length - 1] = 5;
    return row;
  }

  @Test
  void bytesOfVeryDifferentFrequencyAreReadBack() throws DataFormatException {
    // Frequencies like Fibonacci's numbers make the deepest tree that there is.
    byte[] row = new byte[17_710];
    int at = 0;
    for (int value = 1, count = 1, next = 1; at < row.length; value++) {
      Arrays.fill(row, at, Math.min(row.length, at + count), (byte) value);
      at += count;
      int sum = count + next;
      count = next;
      next = sum;
    }
    requireReadBack(List.of(row));
  }

  @Test
  void whatRepeatsTakesAHundredthOfItsSize() {
    byte[] row = random(new Random(1), 1000);
    int once = deflated(List.of(row)).length;
    int often = deflated(Collections.nCopies(100, row)).length;
    assertTrue(often < 2 * once, () -> "%d bytes once, %d often".formatted(once, often));
    int zeros = deflated(List.of(new byte[100_000])).length;
    assertTrue(zeros < 1000, () -> zeros + " bytes for zeros");
  }

  private static void requireReadBack(List<byte[]> rows) throws DataFormatException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    rows.forEach(all::writeBytes);
    Inflater inflater = new Inflater();
    inflater.setInput(deflated(rows));
    byte[] read = new byte[all.size()];
    assertEquals(read.length, inflater.inflate(read));
    assertEquals(0, inflater.inflate(new byte[1]), "more than was written");
    assertTrue(inflater.finished(), "its checksum was read");
    assertEquals(0, inflater.getRemaining());
    assertArrayEquals(all.toByteArray(), read);
    inflater.end();
  }

  private static byte[] deflated(List<byte[]> rows) {
    RowDeflater deflater = new RowDeflater(rows.get(0).length, rows.size());
    byte[] last = {};
    for (byte[] row : rows) {
      if (Arrays.equals(row, last)) {
        deflater.repeat();
      } else {
        deflater.beginRow();
        for (byte value : row) {
          deflater.put(value & 0xff);
        }
        deflater.endRow();
      }
      last = row;
    }
    return deflater.finish();
  }

  private static byte[] random(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
