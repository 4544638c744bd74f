package dev.elbow.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.elbow.api.data.DataFolder;
import dev.elbow.api.data.DatasetDescription;
import dev.elbow.api.data.DatasetException;
import dev.elbow.api.data.Images;
import dev.elbow.api.data.PixelFormat;
import dev.elbow.api.data.Targets;
import dev.elbow.api.network.Shape;
import dev.elbow.api.plugin.Options;
import dev.elbow.testkit.IdxFiles;
import dev.elbow.testkit.RandomArrays;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxDatasetTest {
  private static final String TRAIN = "train-images-idx3-ubyte";
  private static final String TEST = "t10k-images-idx3-ubyte";
  private static final String TRAIN_LABELS = "train-labels-idx1-ubyte";
  private static final int HEIGHT = 4;
  private static final int WIDTH = 3;

  private final IdxDataset idx = new IdxDataset();
  private final byte[] trainPixels = RandomArrays.bytes(5 * HEIGHT * WIDTH, 1);
  private final byte[] testPixels = RandomArrays.bytes(2 * HEIGHT * WIDTH, 2);
  @TempDir private Path root;
  private Path folder;

  @BeforeEach
  void writeRawFilesWithoutLabels() throws IOException {
    folder = Files.createDirectory(root.resolve("tiny"));
    IdxFiles.write(folder.resolve(TRAIN), trainPixels, 5, HEIGHT, WIDTH);
    IdxFiles.write(folder.resolve(TEST), testPixels, 2, HEIGHT, WIDTH);
  }

  private Options options(Map<String, Object> given) {
    Map<String, Object> all = new HashMap<>(Map.of("path", "tiny"));
    all.putAll(given);
    return Options.check(idx.options(), all).orThrow();
  }

  private DatasetDescription describe() throws DatasetException {
    return idx.describe(options(Map.of()), DataFolder.of(root));
  }

  private Images load(Map<String, Object> given) throws DatasetException {
    return idx.load(options(given), DataFolder.of(root));
  }

  private String sha256(Map<String, Object> given) throws DatasetException {
    return idx.sha256(options(given), DataFolder.of(root));
  }

  private static byte[] bytes(Images images) {
    long size = images.description().format().sizeBytes(images.description().image());
    ByteBuffer target = ByteBuffer.allocate(Math.toIntExact(size * images.count()));
    images.read(0, images.count(), target);
    return target.array();
  }

  private void gzip(String file) throws IOException {
    byte[] content = Files.readAllBytes(folder.resolve(file));
    try (GZIPOutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve(file + ".gz")))) {
      out.write(content);
    }
    Files.delete(folder.resolve(file));
  }

  private void cut(String file, long bytes) throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(folder.resolve(file).toFile(), "rw")) {
      open.setLength(open.length() - bytes);
    }
  }

  private void assertRefused(String message) {
    DatasetException error = assertThrows(DatasetException.class, this::describe);
    assertEquals(message, error.getMessage());
    assertThrows(DatasetException.class, () -> load(Map.of()));
    assertThrows(DatasetException.class, () -> sha256(Map.of()));
  }

  @Test
  void describesImagesWithoutLabels() throws DatasetException {
    assertEquals(
        new DatasetDescription(
            Shape.of(1, HEIGHT, WIDTH),
            PixelFormat.UINT8,
            5,
            2,
            Targets.GREY,
            List.of(),
            List.of()),
        describe());
    assertEquals(-1, load(Map.of()).label(0));
    assertEquals(-1, load(Map.of()).label(6));
  }

  @Test
  void givesTheBytesOfTheFilesTrainFirst() throws DatasetException {
    byte[] expected = Arrays.copyOf(trainPixels, trainPixels.length + testPixels.length);
    System.arraycopy(testPixels, 0, expected, trainPixels.length, testPixels.length);
    assertArrayEquals(expected, bytes(load(Map.of())));
    assertArrayEquals(new int[] {5, 6}, load(Map.of()).test());
  }

  @Test
  void readsLabelsWhereThereAreAny() throws Exception {
    IdxFiles.write(folder.resolve(TRAIN_LABELS), new byte[] {3, 0, 7, 7, 1}, 5);
    assertEquals(List.of("0", "1", "2", "3", "4", "5", "6", "7"), describe().labels());
    assertEquals(7, load(Map.of()).label(2));
    assertEquals(-1, load(Map.of()).label(5));
  }

  @Test
  void aCopyThatIsGzippedIsTheSameData() throws Exception {
    byte[] raw = bytes(load(Map.of()));
    String hash = sha256(Map.of());
    gzip(TRAIN);
    gzip(TEST);
    assertArrayEquals(raw, bytes(load(Map.of())));
    assertEquals(hash, sha256(Map.of()));
  }

  @Test
  void aGzippedFileUnderTheNameOfARawOneIsRead() throws Exception {
    byte[] raw = bytes(load(Map.of()));
    gzip(TRAIN);
    Files.move(folder.resolve(TRAIN + ".gz"), folder.resolve(TRAIN));
    assertArrayEquals(raw, bytes(load(Map.of())));
  }

  @Test
  void aGzippedFileInSeveralPiecesIsRead() throws Exception {
    byte[] raw = bytes(load(Map.of()));
    byte[] content = Files.readAllBytes(folder.resolve(TRAIN));
    ByteArrayOutputStream pieces = new ByteArrayOutputStream();
    for (int half = 0; half < 2; half++) {
      try (GZIPOutputStream out = new GZIPOutputStream(pieces)) {
        out.write(content, half * 20, half == 0 ? 20 : content.length - 20);
      }
    }
    Files.write(folder.resolve(TRAIN + ".gz"), pieces.toByteArray());
    Files.delete(folder.resolve(TRAIN));
    assertArrayEquals(raw, bytes(load(Map.of())));
  }

  @Test
  void binarisingOrResizingIsOtherDataButTheTargetsAloneAreNot() throws DatasetException {
    String hash = sha256(Map.of());
    assertEquals(hash, sha256(Map.of("binarize", "dynamic")));
    assertNotEquals(hash, sha256(Map.of("binarize", "fixed")));
    assertNotEquals(hash, sha256(Map.of("resize", 8)));
  }

  @Test
  void anotherByteAnywhereIsOtherData() throws Exception {
    String hash = sha256(Map.of());
    testPixels[17]++;
    IdxFiles.write(folder.resolve(TEST), testPixels, 2, HEIGHT, WIDTH);
    assertNotEquals(hash, sha256(Map.of()));
  }

  @Test
  void resizingGivesTheAskedForSquare() throws DatasetException {
    Images images = load(Map.of("resize", 8));
    assertEquals(Shape.of(1, 8, 8), images.description().image());
    assertEquals(7 * 64, bytes(images).length);
  }

  @Test
  void binarisingOnceGivesBits() throws DatasetException {
    DatasetDescription description = load(Map.of("binarize", "fixed")).description();
    assertEquals(PixelFormat.BITS, description.format());
    assertEquals(Targets.FIXED, description.targets());
    assertEquals(Targets.DYNAMIC, load(Map.of("binarize", "dynamic")).description().targets());
  }

  @Test
  void aFileThatIsMissingIsNamed() throws IOException {
    Files.delete(folder.resolve(TEST));
    assertRefused("'tiny' has neither t10k-images-idx3-ubyte nor t10k-images-idx3-ubyte.gz");
  }

  @Test
  void aRawFileThatIsTruncatedIsRefused() throws IOException {
    cut(TRAIN, 1);
    assertRefused(
        "tiny/train-images-idx3-ubyte: has 75 bytes, expected 76: a header of 16 and 5 x 4 x 3"
            + " values");
  }

  @Test
  void aFileThatIsTooLongIsRefused() throws IOException {
    IdxFiles.write(folder.resolve(TRAIN), trainPixels, 4, HEIGHT, WIDTH);
    assertRefused(
        "tiny/train-images-idx3-ubyte: has 76 bytes, expected 64: a header of 16 and 4 x 4 x 3"
            + " values");
  }

  @Test
  void aGzippedFileThatIsTooLongIsRefused() throws IOException {
    IdxFiles.write(folder.resolve(TRAIN), trainPixels, 4, HEIGHT, WIDTH);
    gzip(TRAIN);
    assertRefused(
        "tiny/train-images-idx3-ubyte.gz: has at least 65 bytes after decompression, expected 64:"
            + " a header of 16 and 4 x 4 x 3 values");
  }

  @Test
  void aGzippedFileThatIsTruncatedIsRefused() throws IOException {
    gzip(TRAIN);
    cut(TRAIN + ".gz", 20);
    DatasetException error = assertThrows(DatasetException.class, this::describe);
    assertEquals(
        "tiny/train-images-idx3-ubyte.gz: has",
        error.getMessage().substring(0, "tiny/train-images-idx3-ubyte.gz: has".length()));
  }

  @Test
  void aGzippedFileWhoseHeaderIsTruncatedIsRefused() throws IOException {
    gzip(TRAIN);
    cut(TRAIN + ".gz", Files.size(folder.resolve(TRAIN + ".gz")) - 12);
    assertRefused(
        "tiny/train-images-idx3-ubyte.gz: ends within its header, expected 16 bytes of it");
  }

  @Test
  void anEmptyFileIsRefused() throws IOException {
    Files.write(folder.resolve(TRAIN), new byte[0]);
    assertRefused("tiny/train-images-idx3-ubyte: ends within its header, expected 16 bytes of it");
  }

  @Test
  void anotherMagicIsRefused() throws IOException {
    IdxFiles.write(folder.resolve(TRAIN), new byte[] {1, 2}, 2);
    assertRefused(
        "tiny/train-images-idx3-ubyte: begins with 0x00000801, expected 0x00000803, the mark of"
            + " unsigned bytes in 3 dimensions");
    Files.writeString(folder.resolve(TRAIN), "<!DOCTYPE html><html>");
    assertRefused(
        "tiny/train-images-idx3-ubyte: begins with 0x3c21444f, expected 0x00000803, the mark of"
            + " unsigned bytes in 3 dimensions");
  }

  @Test
  void damageWithinAGzippedFileIsRefusedWhenItIsRead() throws IOException {
    gzip(TRAIN);
    Path file = folder.resolve(TRAIN + ".gz");
    byte[] content = Files.readAllBytes(file);
    content[content.length - 8] ^= 1; // the checksum
    Files.write(file, content);
    DatasetException error = assertThrows(DatasetException.class, () -> load(Map.of()));
    assertEquals(
        "tiny/train-images-idx3-ubyte.gz: cannot be read: Corrupt GZIP trailer",
        error.getMessage());
    assertThrows(DatasetException.class, () -> sha256(Map.of()));
  }

  @Test
  void moreOrFewerLabelsThanImagesAreRefused() throws IOException {
    IdxFiles.write(folder.resolve(TRAIN_LABELS), new byte[] {3, 0, 7, 7}, 4);
    assertRefused(
        "tiny/train-labels-idx1-ubyte: has 4 labels, expected 5, one for each image of"
            + " tiny/train-images-idx3-ubyte");
  }

  @Test
  void testImagesOfAnotherSizeAreRefused() throws IOException {
    IdxFiles.write(folder.resolve(TEST), testPixels, 2, WIDTH, HEIGHT);
    assertRefused(
        "tiny/t10k-images-idx3-ubyte: has images of 3 x 4, expected 4 x 3 as in"
            + " tiny/train-images-idx3-ubyte");
  }

  @Test
  void absurdDimensionsAreRefusedWithoutReadingThem() throws IOException {
    IdxFiles.write(folder.resolve(TRAIN), trainPixels, Integer.MAX_VALUE, 28, 28);
    assertRefused(
        "tiny/train-images-idx3-ubyte: its header says 2147483647 x 28 x 28, expected dimensions"
            + " of at least 1 and less than 2 GiB in all");
    IdxFiles.write(folder.resolve(TRAIN), trainPixels, -1, -28, 28);
    assertRefused(
        "tiny/train-images-idx3-ubyte: its header says -1 x -28 x 28, expected dimensions of at"
            + " least 1 and less than 2 GiB in all");
    IdxFiles.write(folder.resolve(TRAIN), new byte[0], 0, HEIGHT, WIDTH);
    assertRefused(
        "tiny/train-images-idx3-ubyte: its header says 0 x 4 x 3, expected dimensions of at least"
            + " 1 and less than 2 GiB in all");
  }

  @Test
  void aPathThatIsAFileOrLiesOutsideIsRefused() {
    assertEquals(
        "'tiny/train-images-idx3-ubyte' is a file, expected a folder",
        refusal("tiny/train-images-idx3-ubyte"));
    assertEquals("'nowhere' does not exist in the data folder " + root, refusal("nowhere"));
    assertEquals("'../tiny' lies outside the data folder " + root, refusal("../tiny"));
  }

  private String refusal(String path) {
    return assertThrows(
            DatasetException.class,
            () -> idx.describe(options(Map.of("path", path)), DataFolder.of(root)))
        .getMessage();
  }

  @Test
  void aLinkThatLeadsOutOfTheDataFolderIsRefused(@TempDir Path elsewhere) throws IOException {
    Path secret = elsewhere.resolve("secret");
    Files.move(folder.resolve(TRAIN), secret);
    Files.createSymbolicLink(folder.resolve(TRAIN), secret);
    assertRefused("'tiny/train-images-idx3-ubyte' lies outside the data folder " + root);
  }
}
