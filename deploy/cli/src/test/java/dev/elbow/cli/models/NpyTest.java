package dev.elbow.cli.models;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpyTest {
  @TempDir Path folder;

  /** A file as {@code numpy.save} writes it. */
  private Path saved(String header, byte[] values) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    String padded = header + " ".repeat(64 - (10 + header.length() + 1) % 64) + "\n";
    file.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    file.write(padded.length() & 0xff);
    file.write(padded.length() >> 8);
    file.writeBytes(padded.getBytes(ISO_8859_1));
    file.writeBytes(values);
    return Files.write(folder.resolve("array.npy"), file.toByteArray());
  }

  private static String header(String type, String order, String shape) {
    return "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }".formatted(type, order, shape);
  }

  @Test
  void readsBytesFloatsAndDoublesOfNumpy() throws Exception {
    Npy bytes = Npy.read(saved(header("|u1", "False", "(2, 1)"), new byte[] {7, (byte) 200}));
    assertArrayEquals(new int[] {2, 1}, bytes.shape());
    assertArrayEquals(new float[] {7, 200}, bytes.values());
    byte[] float32 = little(8).putFloat(0.5f).putFloat(-3).array();
    Npy floats = Npy.read(saved(header("<f4", "False", "(2,)"), float32));
    assertArrayEquals(new float[] {0.5f, -3}, floats.values());
    byte[] float64 = little(16).putDouble(0.25).putDouble(1e-3).array();
    Npy doubles = Npy.read(saved(header("<f8", "False", "(1, 2)"), float64));
    assertArrayEquals(new float[] {0.25f, 1e-3f}, doubles.values());
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Test
  void readsWhatItWrites() throws Exception {
    float[] values = new float[3 * 20_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(Npy.header(List.of(20_000, 3)));
    file.writeBytes(Npy.content(values));
    Npy read = Npy.read(Files.write(folder.resolve("array.npy"), file.toByteArray()));
    assertArrayEquals(new int[] {20_000, 3}, read.shape());
    assertArrayEquals(values, read.values());
    // NumPy wants values to begin at a multiple of 64 bytes, whatever the shape.
    assertEquals(128, Npy.header(List.of(1)).length);
    assertEquals(128, Npy.header(List.of(2_000_000_000, 3, 1024, 1024)).length);
  }

  @Test
  void otherArraysAreRefusedAndSaidWhy() throws Exception {
    byte[] two = new byte[2];
    assertRefused("values of type i8", saved(header("<i8", "False", "(2,)"), two));
    assertRefused("Fortran order", saved(header("|u1", "True", "(2, 1)"), two));
    assertRefused("truncated", saved(header("|u1", "False", "(3,)"), two));
    assertRefused("more values than its header", saved(header("|u1", "False", "(1,)"), two));
    assertRefused("less than 2^31", saved(header("|u1", "False", "(99999, 99999)"), two));
    assertRefused("less than 2^31", saved(header("|u1", "False", "(99999999999,)"), two));
    assertRefused("without type, order or shape", saved("{'shape': (2,)}", two));
    assertRefused(
        "does not begin as an array of NumPy",
        Files.writeString(folder.resolve("a.npy"), "name: mnist\n"));
  }

  // Whatever a header promises, only what is there takes memory.
  @Test
  void aPromiseOfGigabytesIsRefusedAtOnce() throws Exception {
    assertRefused("truncated", saved(header("<f4", "False", "(2000000000,)"), new byte[40]));
  }

  @Test
  void everyTruncatedFileIsRefused() throws Exception {
    byte[] whole = Files.readAllBytes(saved(header("|u1", "False", "(2, 3)"), new byte[6]));
    for (int length = 0; length < whole.length; length++) {
      Path file = Files.write(folder.resolve("part.npy"), Arrays.copyOf(whole, length));
      assertThrows(BrokenImageException.class, () -> Npy.read(file), () -> "" + file);
    }
  }

  @Test
  void imagesMayHaveTheirChannelsFirstOrLast() throws Exception {
    ImageShape shape = new ImageShape(3, 2, 1, false);
    byte[] values = {0, 51, 102, 51, 102, (byte) 255};
    float[] first = {0, .2f, .4f, .2f, .4f, 1};
    Path file = saved(header("|u1", "False", "(1, 3, 2, 1)"), values);
    assertArrayEquals(first, NpyImages.open(file, shape).read(0));
    saved(header("|u1", "False", "(1, 2, 1, 3)"), values);
    float[] last = {0, .2f, .2f, .4f, .4f, 1};
    assertArrayEquals(last, NpyImages.open(file, shape).read(0));
    saved(header("|u1", "False", "(1, 2, 3)"), values);
    String said =
        assertThrows(BrokenImageException.class, () -> NpyImages.open(file, shape)).getMessage();
    assertTrue(said.contains("[1, 2, 3], expected [images, 3, 2, 1]"), said);
  }

  @Test
  void valuesOutsideOfAnImagesRangeAreRefused() throws Exception {
    byte[] values = little(8).putFloat(0.5f).putFloat(Float.NaN).array();
    Path file = saved(header("<f4", "False", "(1, 1, 2)"), values);
    NpyImages images = NpyImages.open(file, new ImageShape(1, 1, 2, false));
    String said = assertThrows(BrokenImageException.class, () -> images.read(0)).getMessage();
    assertTrue(said.contains("has the value NaN, expected floats from 0 to 1"), said);
  }

  private static void assertRefused(String says, Path file) {
    String said = assertThrows(BrokenImageException.class, () -> Npy.read(file)).getMessage();
    assertTrue(said.contains(says), said);
  }
}
