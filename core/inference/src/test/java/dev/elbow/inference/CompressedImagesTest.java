package dev.elbow.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class CompressedImagesTest {
  private static final String DECODER = "0123456789abcdef".repeat(4);

  // Two images of two values, written by the first version: it must be readable for ever.
  private static final String FIRST_VERSION =
      "454c42430001"
          + DECODER
          + "0000000200000002"
          + "3f000000"
          + "fffffffe00000003"
          + "0000000000000000"
          + "2a00422f8bb6";

  private static CompressedImages random(int count, int latent, double step, long seed) {
    Random random = new Random(seed);
    float[] codes = new float[count * latent];
    for (int i = 0; i < codes.length; i++) {
      // Dimensions of different widths, one of which says nothing.
      codes[i] = (float) (random.nextGaussian() * (i % latent) / latent);
    }
    return CompressedImages.of(DECODER, ToldOfAll.NOTHING, codes, latent, (float) step);
  }

  @Test
  void whatIsReadIsWhatWasWritten() throws ModelException {
    for (int count : new int[] {0, 1, 2, 100, 3000}) {
      CompressedImages written = random(count, 7, 0.05, count);
      CompressedImages read = CompressedImages.read("x.elbc", written.file());
      assertEquals(count, read.count());
      assertEquals(DECODER, read.decoder());
      assertArrayEquals(written.multiples(), read.multiples());
      assertArrayEquals(written.codes(), read.codes());
    }
  }

  @Test
  void roundedCodesAreNoFurtherThanHalfAStepAway() {
    float[] codes = Codes.normal(3, 1000, 2);
    float[] rounded = CompressedImages.of(DECODER, ToldOfAll.NOTHING, codes, 10, 0.3f).codes();
    for (int i = 0; i < codes.length; i++) {
      assertEquals(codes[i], rounded[i], 0.15f + 1e-6f);
    }
  }

  // What Shannon says of each dimension's own frequencies, and at most three hundredths more.
  @Test
  void theFileIsHardlyLargerThanTheEntropyOfItsCodes() {
    CompressedImages images = random(20_000, 5, 0.25, 1);
    double bits = 0;
    for (int dimension = 0; dimension < 5; dimension++) {
      bits += entropy(images.multiples(), dimension, 5) * 20_000;
    }
    double size = 8.0 * images.file().length;
    assertTrue(size >= 0.99 * bits && size < 1.03 * bits + 1000, size + " for " + bits);
  }

  private static double entropy(int[] multiples, int dimension, int latent) {
    Map<Integer, Integer> counts = new HashMap<>();
    int all = 0;
    for (int i = dimension; i < multiples.length; i += latent) {
      counts.merge(multiples[i], 1, Integer::sum);
      all++;
    }
    double entropy = 0;
    for (int count : counts.values()) {
      double share = (double) count / all;
      entropy -= share * Math.log(share) / Math.log(2);
    }
    return entropy;
  }

  @Test
  void readsFilesOfTheFirstVersion() throws ModelException {
    CompressedImages images =
        CompressedImages.read("x.elbc", HexFormat.of().parseHex(FIRST_VERSION));
    assertEquals(0.5f, images.step());
    assertArrayEquals(new int[] {-2, 0, 3, 0}, images.multiples());
    assertEquals(FIRST_VERSION, HexFormat.of().formatHex(images.file()));
  }

  @Test
  void whatTheModelWasToldIsInTheFile() throws ModelException {
    ToldOfAll label = new ToldOfAll(OptionalInt.of(0), OptionalDouble.empty());
    ToldOfAll both = new ToldOfAll(OptionalInt.of(7), OptionalDouble.of(0.3));
    for (ToldOfAll told : List.of(ToldOfAll.NOTHING, label, both)) {
      float[] codes = {1, 2, 3, 4};
      CompressedImages written = CompressedImages.of(DECODER, told, codes, 2, 0.5f);
      CompressedImages read = CompressedImages.read("x.elbc", written.file());
      assertEquals(told, read.told());
      assertArrayEquals(codes, read.codes());
    }
  }

  @Test
  void aHeaderThatTellsWhatCannotBeIsRefused() {
    ToldOfAll told = new ToldOfAll(OptionalInt.of(7), OptionalDouble.of(0.3));
    byte[] file = CompressedImages.of(DECODER, told, new float[] {1}, 1, 0.5f).file();
    assertRefused(with(file, 50, -2), "label >= 0 and beta > 0 must hold");
    assertRefused(with(file, 54, 0xbf800000), "label >= 0 and beta > 0 must hold");
    assertRefused(with(file, 54, 0x7ff80000), "label >= 0 and beta > 0 must hold");
  }

  @Test
  void everyTruncatedOrChangedFileIsRefusedAndNamed() {
    byte[] file = random(20, 3, 0.1, 5).file();
    for (int length = 0; length < file.length; length++) {
      assertRefused(Arrays.copyOf(file, length), "x.elbc: ");
    }
    for (int place = 0; place < file.length; place++) {
      byte[] changed = file.clone();
      changed[place] ^= 4;
      assertRefused(changed, "x.elbc: ");
    }
    byte[] later = file.clone();
    later[5] = 3;
    assertRefused(later, "found version 3, expected 1 or 2");
    assertRefused("{\"codes\": []}".getBytes(StandardCharsets.UTF_8), "found another file");
  }

  private static void assertRefused(byte[] file, String says) {
    ModelException e =
        assertThrows(ModelException.class, () -> CompressedImages.read("x.elbc", file));
    assertTrue(e.getMessage().contains(says), e.getMessage());
  }

  // The checksum is right in all of them: whoever wrote them meant it.
  @Test
  void aHeaderThatAsksForAllMemoryIsRefused() {
    byte[] file = random(20, 3, 0.1, 5).file();
    assertRefused(with(file, 38, Integer.MAX_VALUE), "which cannot be");
    assertRefused(with(file, 38, -1), "which cannot be");
    assertRefused(with(file, 42, 0), "which cannot be");
    assertRefused(with(file, 42, Integer.MAX_VALUE), "which cannot be");
    assertRefused(with(file, 46, Float.floatToIntBits(Float.NaN)), "which cannot be");
    assertRefused(with(file, 50, Integer.MIN_VALUE), "ranges of codes that cannot be");
    assertRefused(with(file, 54, Integer.MAX_VALUE), "ranges of codes that cannot be");
  }

  private static byte[] with(byte[] file, int place, int value) {
    ByteBuffer changed = ByteBuffer.wrap(file.clone()).putInt(place, value);
    CRC32 checksum = new CRC32();
    checksum.update(changed.array(), 0, file.length - 4);
    return changed.putInt(file.length - 4, (int) checksum.getValue()).array();
  }

  @Test
  void codesThatNoStepCountsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> of(Float.NaN, 1));
    assertThrows(IllegalArgumentException.class, () -> of(1, 0));
    assertThrows(IllegalArgumentException.class, () -> of(1, 1e-30f));
    assertThrows(
        IllegalArgumentException.class,
        () -> CompressedImages.of(DECODER, ToldOfAll.NOTHING, new float[] {0, 1}, 1, 1e-6f));
  }

  private static CompressedImages of(float code, float step) {
    return CompressedImages.of(DECODER, ToldOfAll.NOTHING, new float[] {code}, 1, step);
  }
}
