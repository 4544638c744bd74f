package dev.elbow.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.data.DataFolder;
import dev.elbow.api.data.DatasetDescription;
import dev.elbow.api.data.DatasetException;
import dev.elbow.api.data.Factor;
import dev.elbow.api.data.Images;
import dev.elbow.api.data.PixelFormat;
import dev.elbow.api.data.Targets;
import dev.elbow.api.network.Shape;
import dev.elbow.api.plugin.Options;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpzDatasetTest {
  private static final String HEADER =
      "{'descr': '|u1', 'fortran_order': False, 'shape': (20, 2, 2), }";
  private static final int IMAGES = 20;

  private final NpzDataset npz = new NpzDataset();
  @TempDir private Path root;

  @BeforeEach
  void copyFixtures() throws IOException {
    NpzFixtures.copy(root);
  }

  private Images load(String file, Map<String, Object> given) throws DatasetException {
    Map<String, Object> all = new HashMap<>(Map.of("path", file));
    all.putAll(given);
    return npz.load(Options.check(npz.options(), all).orThrow(), DataFolder.of(root));
  }

  private String refusal(String file, Map<String, Object> given) {
    return assertThrows(DatasetException.class, () -> load(file, given)).getMessage();
  }

  private static ByteBuffer image(Images images, int image) {
    long size = images.description().format().sizeBytes(images.description().image());
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(size)).order(ByteOrder.LITTLE_ENDIAN);
    images.read(image, 1, bytes);
    return bytes.flip();
  }

  /** The pixels that the fixtures have, as the script beside the fixtures makes them. */
  private static int[] greys(int image) {
    return IntStream.range(image * 12, image * 12 + 12).map(i -> i * 13 % 256).toArray();
  }

  private static int[] unsigned(ByteBuffer bytes) {
    return IntStream.range(0, bytes.limit()).map(i -> bytes.get(i) & 0xff).toArray();
  }

  @Test
  void theLayoutOfDspritesGivesBitsAndNamedFactors() throws Exception {
    Images images = load("dsprites.npz", Map.of());
    DatasetDescription description = images.description();
    assertEquals(Shape.of(1, 4, 5), description.image());
    assertEquals(PixelFormat.BITS, description.format());
    assertEquals(Targets.FIXED, description.targets());
    assertEquals(30, images.count());
    assertEquals(
        List.of("colour", "shape", "scale", "orientation", "positionX", "positionY"),
        description.factors().stream().map(Factor::name).toList());
    assertEquals(List.of(1.0), description.factors().get(0).values());
    assertEquals(List.of(0.5, 1.0), description.factors().get(2).values());
    assertEquals(Math.PI / 2, description.factors().get(3).values().get(2), 1e-15);
    assertEquals(List.of(0.0, 0.25), description.factors().get(5).values());
    // Image 17 is shape 1, scale 1, orientation 2: the last of the three changes fastest.
    assertEquals(
        List.of(0, 1, 1, 2, 0, 0),
        IntStream.range(0, 6).mapToObj(f -> images.factor(17, f)).toList());
    ByteBuffer bits = image(images, 3);
    for (int pixel = 0; pixel < 20; pixel++) {
      int expected = (3 * 20 + pixel) * 7 % 3 == 0 ? 1 : 0;
      assertEquals(expected, bits.get(pixel / 8) >> (7 - pixel % 8) & 1, "pixel " + pixel);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"xy.npz", "version1.npz", "version2.npz", "version3.npz", "big-endian.npz"})
  void bytesAreReadFromEveryVersionAndByteOrder(String file) throws Exception {
    Images images = load(file, Map.of());
    assertEquals(Shape.of(1, 3, 4), images.description().image());
    assertEquals(PixelFormat.UINT8, images.description().format());
    assertArrayEquals(greys(39), unsigned(image(images, 39)));
  }

  @Test
  void labelsAreThoseOfY() throws Exception {
    Images images = load("xy.npz", Map.of());
    assertEquals(List.of("0", "1", "2", "3", "4", "5", "6"), images.description().labels());
    assertEquals(39 % 7, images.label(39));
    assertEquals(-1, load("version1.npz", Map.of()).label(0));
  }

  @Test
  void aSplitThatIsDeclaredIsKept() throws Exception {
    Images images = load("declared.npz", Map.of());
    assertEquals(30, images.description().trainImages());
    assertArrayEquals(IntStream.range(30, 40).toArray(), images.test());
    assertArrayEquals(greys(35), unsigned(image(images, 35)));
    assertEquals(5, images.label(35));
  }

  @Test
  void floatsStayAsTheyAreAndChannelsComeFirst() throws Exception {
    Images images = load("floats.npz", Map.of());
    assertEquals(Shape.of(3, 4, 2), images.description().image());
    assertEquals(PixelFormat.FLOAT32, images.description().format());
    ByteBuffer values = image(images, 1);
    int row = 2;
    int channel = 1;
    float expected = (float) (greys(1)[row * 3 + channel] / 255.0);
    assertEquals(expected, values.getFloat(4 * (channel * 8 + row * 2 + 1)));
  }

  @Test
  void booleansAreBits() throws Exception {
    Images images = load("bools.npz", Map.of());
    assertEquals(PixelFormat.BITS, images.description().format());
    int first = image(images, 2).get(0) & 0xff;
    int expected =
        IntStream.range(0, 8)
            .map(i -> greys(2)[i] > 100 ? 0x80 >> i : 0)
            .reduce(0, (a, b) -> a | b);
    assertEquals(expected, first);
  }

  @Test
  void whatCannotBeReadSafelyIsRefused() {
    assertTrue(refusal("fortran.npz", Map.of()).contains("'fortran.npz' x: is in Fortran order"));
    assertTrue(
        refusal("pickled.npz", Map.of()).contains("x: holds pickled Python objects"),
        refusal("pickled.npz", Map.of()));
  }

  @Test
  void anArchiveWithoutImagesNamesWhatItHolds() throws Exception {
    try (var out = new ZipOutputStream(Files.newOutputStream(root.resolve("other.npz")))) {
      out.putNextEntry(new ZipEntry("weights.npy"));
    }
    assertEquals(
        "'other.npz' holds the arrays [weights], expected images as imgs, x, arr_0, or x_train and"
            + " x_test",
        refusal("other.npz", Map.of()));
  }

  @Test
  void anArrayThatLiesAboutItsSizeIsRefused() throws Exception {
    NpzFixtures.write(root.resolve("short.npz"), NpzFixtures.array(HEADER, new byte[79]));
    NpzFixtures.write(root.resolve("long.npz"), NpzFixtures.array(HEADER, new byte[81]));
    assertEquals(
        "'short.npz' x: has 152 bytes, expected 153: a header of 73 and the values of shape [20, 2,"
            + " 2], 1 bytes each",
        refusal("short.npz", Map.of()));
    assertTrue(refusal("long.npz", Map.of()).contains("has 154 bytes, expected 153"));
  }

  @Test
  void sizesBeyondAnyFileAreRefusedWithoutBeingAllocated() throws Exception {
    for (String shape : List.of("4611686018427387904, 4, 4", "99999999999999999999, 1, 1")) {
      String header = HEADER.replace("20, 2, 2", shape);
      NpzFixtures.write(root.resolve("huge.npz"), NpzFixtures.array(header, new byte[80]));
      assertTrue(
          refusal("huge.npz", Map.of()).contains("which no file can hold"),
          refusal("huge.npz", Map.of()));
    }
    String header = HEADER.replace("20, 2, 2", "20, 200000, 200000");
    NpzFixtures.write(root.resolve("huge.npz"), NpzFixtures.array(header, new byte[80]));
    assertTrue(refusal("huge.npz", Map.of()).contains("has 163 bytes, expected 800000000083"));
  }

  @Test
  void aTruncatedArchiveIsRefused() throws Exception {
    for (double share : new double[] {0, 0.3, 0.9, 0.99}) {
      Files.copy(
          root.resolve("xy.npz"), root.resolve("cut.npz"), StandardCopyOption.REPLACE_EXISTING);
      Pictures.truncate(root.resolve("cut.npz"), share);
      assertTrue(
          refusal("cut.npz", Map.of()).contains("'cut.npz' cannot be read as an .npz file"),
          refusal("cut.npz", Map.of()));
    }
  }

  @Test
  void aByteThatChangedIsNoticed() throws Exception {
    byte[] bytes = Files.readAllBytes(root.resolve("xy.npz"));
    bytes[300] ^= 1;
    Files.write(root.resolve("xy.npz"), bytes);
    assertTrue(
        refusal("xy.npz", Map.of()).contains("'xy.npz' x: is damaged: its checksum is"),
        refusal("xy.npz", Map.of()));
  }

  @Test
  void headersThatAreNoneAreRefused() throws Exception {
    List<String> headers =
        List.of(
            "",
            "{'descr': '|u1'}",
            HEADER.replace("|u1", "<c8"),
            HEADER.replace("|u1", "<f2"),
            HEADER.replace("'|u1'", "[('a', '<i4')]"),
            HEADER.replace("(20, 2, 2)", "20"));
    for (String header : headers) {
      NpzFixtures.write(root.resolve("odd.npz"), NpzFixtures.array(header, new byte[80]));
      assertTrue(refusal("odd.npz", Map.of()).startsWith("'odd.npz' x: has "), header);
    }
    NpzFixtures.write(root.resolve("odd.npz"), "not an array".getBytes());
    assertTrue(refusal("odd.npz", Map.of()).contains("does not begin as an array of NumPy does"));
    NpzFixtures.write(
        root.resolve("odd.npz"), Arrays.copyOf(NpzFixtures.array(HEADER, new byte[0]), 30));
    assertTrue(refusal("odd.npz", Map.of()).contains("ends within its header"));
  }

  @Test
  void pixelsThatAreNoneAreRefusedWithTheImagesNumber() throws Exception {
    assertEquals(
        "'xy.npz' x: image 0 has a value 13.0, expected 0 or 1",
        refusal("xy.npz", Map.of("pixels", "bits")));
    byte[] ones = new byte[4 * IMAGES];
    Arrays.fill(ones, (byte) 1);
    NpzFixtures.write(root.resolve("ones.npz"), NpzFixtures.array(HEADER, ones));
    assertTrue(refusal("ones.npz", Map.of()).endsWith("is 'pixels: bits' meant?"));
    assertEquals(
        PixelFormat.BITS, load("ones.npz", Map.of("pixels", "bits")).description().format());
    ByteBuffer floats = ByteBuffer.allocate(16 * IMAGES).order(ByteOrder.LITTLE_ENDIAN);
    floats.putFloat(4 * 4 * 7, Float.NaN);
    String header = HEADER.replace("|u1", "<f4");
    NpzFixtures.write(root.resolve("nan.npz"), NpzFixtures.array(header, floats.array()));
    assertEquals(
        "'nan.npz' x: image 7 has a value NaN, expected from 0 to 1", refusal("nan.npz", Map.of()));
  }
}
