package dev.elbow.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.data.DataFolder;
import dev.elbow.api.data.DatasetException;
import dev.elbow.api.data.Images;
import dev.elbow.api.network.Shape;
import dev.elbow.api.plugin.Options;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagesDatasetTest {
  private static final int ENOUGH_FOR_A_SPLIT = 40;

  private final ImagesDataset dataset = new ImagesDataset();
  @TempDir private Path root;

  private Options options(Map<String, Object> given) {
    Map<String, Object> all = new HashMap<>(Map.of("path", "set"));
    all.putAll(given);
    return Options.check(dataset.options(), all).orThrow();
  }

  private Images load(Map<String, Object> given) throws DatasetException {
    return dataset.load(options(given), DataFolder.of(root));
  }

  private String refusal(Map<String, Object> given) {
    return assertThrows(DatasetException.class, () -> load(given)).getMessage();
  }

  /** Pictures of 2 x 3 that come behind those under test. */
  private void writeMore() throws IOException {
    for (int i = 0; i < ENOUGH_FOR_A_SPLIT; i++) {
      Pictures.writeGrey(root.resolve("set/z%02d.png".formatted(i)), 2, 3, i);
    }
  }

  private static int[] pixels(Images images, int image) {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(images.description().image().size()));
    images.read(image, 1, bytes);
    return IntStream.range(0, bytes.capacity()).map(i -> bytes.get(i) & 0xff).toArray();
  }

  @Test
  void greyPixelsStayAsTheyAreStored() throws Exception {
    int[][] samples = {{0, 1, 64}, {128, 200, 255}};
    Pictures.write(root.resolve("set/a.png"), Pictures.of(BufferedImage.TYPE_BYTE_GRAY, samples));
    writeMore();
    Images images = load(Map.of());
    assertEquals(Shape.of(1, 2, 3), images.description().image());
    assertArrayEquals(new int[] {0, 1, 64, 128, 200, 255}, pixels(images, 0));
  }

  @Test
  void sixteenBitsBecomeTheNearestOfEight() throws Exception {
    int[][] samples = {{0, 128, 129}, {257 * 100, 257 * 100 + 128, 65535}};
    Pictures.write(root.resolve("set/a.png"), Pictures.of(BufferedImage.TYPE_USHORT_GRAY, samples));
    writeMore();
    assertArrayEquals(new int[] {0, 0, 1, 100, 100, 255}, pixels(load(Map.of()), 0));
  }

  @Test
  void sixteenBitColoursAreReadChannelByChannel() throws Exception {
    ComponentColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            false,
            false,
            Transparency.OPAQUE,
            DataBuffer.TYPE_USHORT);
    WritableRaster raster = model.createCompatibleWritableRaster(3, 2);
    raster.setPixel(1, 0, new int[] {65535, 257 * 20, 257 * 7});
    Pictures.write(root.resolve("set/a.png"), new BufferedImage(model, raster, false, null));
    writeMore();
    int[] pixels = pixels(load(Map.of()), 0);
    assertEquals(List.of(255, 20, 7), List.of(pixels[1], pixels[6 + 1], pixels[12 + 1]));
  }

  @Test
  void aFolderIsInColourIfOneFileIsAndGreysAreRepeated() throws Exception {
    int[][] samples = {{255, 0, 0, 0, 255, 0, 0, 0, 255}, {1, 2, 3, 4, 5, 6, 7, 8, 9}};
    Pictures.write(root.resolve("set/a.png"), Pictures.of(BufferedImage.TYPE_3BYTE_BGR, samples));
    writeMore();
    Images images = load(Map.of());
    assertEquals(Shape.of(3, 2, 3), images.description().image());
    assertArrayEquals(
        new int[] {255, 0, 0, 1, 4, 7, 0, 255, 0, 2, 5, 8, 0, 0, 255, 3, 6, 9}, pixels(images, 0));
    int[] grey = pixels(images, 1);
    assertEquals(List.of(grey[2], grey[2]), List.of(grey[6 + 2], grey[12 + 2]));
  }

  @Test
  void greyIsTheLumaOfColours() throws Exception {
    int[][] samples = {{255, 0, 0, 0, 255, 0, 0, 0, 255}, {10, 10, 10, 0, 0, 0, 255, 255, 255}};
    Pictures.write(root.resolve("set/a.png"), Pictures.of(BufferedImage.TYPE_3BYTE_BGR, samples));
    writeMore();
    assertArrayEquals(
        new int[] {76, 150, 29, 10, 0, 255}, pixels(load(Map.of("channels", "grey")), 0));
  }

  @Test
  void aPaletteOfGreysIsGreyAndOneOfColoursIsNot() throws Exception {
    byte[] levels = {0, 100, (byte) 200};
    byte[] others = {0, 100, 7};
    writePalette("set/a.png", new IndexColorModel(8, 3, levels, levels, levels));
    writeMore();
    assertArrayEquals(new int[] {0, 100, 200, 200, 100, 0}, pixels(load(Map.of()), 0));
    writePalette("set/b.png", new IndexColorModel(8, 3, levels, levels, others));
    Images images = load(Map.of());
    assertEquals(3, images.description().image().dimension(0));
    assertEquals(200, pixels(images, 1)[2]);
    assertEquals(7, pixels(images, 1)[12 + 2]);
  }

  private void writePalette(String file, IndexColorModel palette) throws IOException {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_INDEXED, palette);
    image.getRaster().setPixels(0, 0, 3, 2, new int[] {0, 1, 2, 2, 1, 0});
    Pictures.write(root.resolve(file), image);
  }

  @Test
  void whatIsTransparentLiesOnWhite() throws Exception {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0xff_0a_0b_0c);
    image.setRGB(1, 0, 0x00_0a_0b_0c);
    Pictures.write(root.resolve("set/a.png"), image);
    writeMore();
    int[] pixels = pixels(load(Map.of()), 0);
    assertEquals(List.of(10, 11, 12), List.of(pixels[0], pixels[6], pixels[12]));
    assertEquals(List.of(255, 255, 255), List.of(pixels[1], pixels[7], pixels[13]));
  }

  @Test
  void jpegsAreReadInGreyAndColour() throws Exception {
    int[][] flat = new int[16][16];
    for (int[] row : flat) {
      Arrays.fill(row, 90);
    }
    for (int i = 0; i < ENOUGH_FOR_A_SPLIT; i++) {
      Pictures.write(
          root.resolve("set/%02d.jpg".formatted(i)),
          Pictures.of(BufferedImage.TYPE_BYTE_GRAY, flat));
    }
    Images images = load(Map.of());
    assertEquals(Shape.of(1, 16, 16), images.description().image());
    assertEquals(90, pixels(images, 3)[100], 1);
    Pictures.write(
        root.resolve("set/red.jpeg"), new BufferedImage(16, 16, BufferedImage.TYPE_3BYTE_BGR));
    assertEquals(Shape.of(3, 16, 16), load(Map.of()).description().image());
  }

  @Test
  void subFoldersAreLabelsInTheOrderOfTheirNames() throws Exception {
    for (int i = 0; i < ENOUGH_FOR_A_SPLIT; i++) {
      String folder = i % 2 == 0 ? "dogs/young" : "cats";
      Pictures.writeGrey(root.resolve("set/%s/%02d.png".formatted(folder, i)), 2, 3, i);
    }
    Pictures.writeGrey(root.resolve("set/stray.png"), 2, 3, 5);
    Images images = load(Map.of());
    assertEquals(List.of("cats", "dogs"), images.description().labels());
    assertEquals(0, images.label(0));
    assertEquals(1, images.label(ENOUGH_FOR_A_SPLIT - 1));
    assertEquals(-1, images.label(ENOUGH_FOR_A_SPLIT));
  }

  @Test
  void whatIsNoPictureByItsNameIsPassedOver() throws Exception {
    writeMore();
    Files.writeString(root.resolve("set/README.txt"), "about");
    Files.writeString(root.resolve("set/.hidden.png"), "no picture");
    Files.createDirectories(root.resolve("set/.thumbnails"));
    Files.writeString(root.resolve("set/.thumbnails/.a.png"), "no picture");
    assertEquals(ENOUGH_FOR_A_SPLIT, load(Map.of()).count());
  }

  @Test
  void aFileThatIsAddedMovesNoOtherOneToTheOtherSet() throws Exception {
    writeMore();
    Set<String> before = testNames();
    for (int i = 0; i < 60; i++) {
      Pictures.writeGrey(root.resolve("set/a%02d.png".formatted(i)), 2, 3, i);
    }
    Set<String> after = testNames();
    assertTrue(after.size() > before.size());
    after.removeIf(name -> name.startsWith("a"));
    assertEquals(before, after);
  }

  private Set<String> testNames() throws DatasetException, IOException {
    List<String> names;
    try (var files = Files.list(root.resolve("set"))) {
      names = files.map(file -> file.getFileName().toString()).sorted().toList();
    }
    return IntStream.of(load(Map.of("test", 0.25)).test())
        .mapToObj(names::get)
        .collect(Collectors.toCollection(HashSet::new));
  }

  @Test
  void everyBrokenFileIsNamedAtOnce() throws Exception {
    writeMore();
    Files.writeString(root.resolve("set/text.png"), "no picture at all");
    Files.createFile(root.resolve("set/empty.jpg"));
    Pictures.writeGrey(root.resolve("set/gif.gif"), 2, 3, 1);
    Files.move(root.resolve("set/gif.gif"), root.resolve("set/gif.png"));
    String message = refusal(Map.of());
    assertTrue(message.startsWith("'set': 3 files cannot be used"), message);
    assertTrue(message.contains("text.png: begins as neither a PNG nor a JPEG file"), message);
    assertTrue(message.contains("empty.jpg: is empty"), message);
    assertTrue(message.contains("gif.png: begins as neither"), message);
  }

  @Test
  void filesThatEndTooEarlyAreNamedAtOnce() throws Exception {
    for (int i = 0; i < ENOUGH_FOR_A_SPLIT; i++) {
      Pictures.writeGrey(root.resolve("set/%02d.png".formatted(i)), 40, 40, i);
    }
    Pictures.writeGrey(root.resolve("set/cut.jpg"), 40, 40, 1);
    Pictures.truncate(root.resolve("set/cut.jpg"), 0.8);
    Pictures.truncate(root.resolve("set/07.png"), 0.6);
    String message = refusal(Map.of());
    assertTrue(message.startsWith("'set': 2 files cannot be used"), message);
    assertTrue(message.contains("07.png: "), message);
    assertTrue(message.contains("cut.jpg: is damaged: "), message);
  }

  @Test
  void filesOfAnotherSizeAreNamedAndResizingMakesThemEqual() throws Exception {
    writeMore();
    Pictures.writeGrey(root.resolve("set/large.png"), 9, 8, 1);
    Pictures.writeGrey(root.resolve("set/small.png"), 1, 1, 1);
    String message = refusal(Map.of());
    assertEquals(
        "'set': 2 files cannot be used, expected 2 x 3 as most have, or the option resize, which"
            + " makes them equal: large.png: is 9 x 8; small.png: is 1 x 1",
        message);
    assertEquals(Shape.of(1, 4, 4), load(Map.of("resize", 4)).description().image());
  }

  @Test
  void ofVeryManyProblemsTheFirstAreShown() throws Exception {
    for (int i = 0; i < 30; i++) {
      Files.createDirectories(root.resolve("set"));
      Files.writeString(root.resolve("set/%02d.png".formatted(i)), "no picture");
    }
    String message = refusal(Map.of());
    assertTrue(message.contains("19.png") && !message.contains("20.png"), message);
    assertTrue(message.endsWith("; and 10 more"), message);
  }

  @Test
  void aFolderWithoutPicturesAndASetTooSmallToSplitAreRefused() throws Exception {
    Files.createDirectories(root.resolve("set"));
    assertEquals("'set' holds no file that ends with .png, .jpg or .jpeg", refusal(Map.of()));
    Pictures.writeGrey(root.resolve("set/one.png"), 2, 3, 1);
    assertTrue(refusal(Map.of()).startsWith("'set': of 1 images, "), refusal(Map.of()));
  }

  @Test
  void aLinkOutOfTheDataFolderIsRefused(@TempDir Path elsewhere) throws Exception {
    writeMore();
    Pictures.writeGrey(elsewhere.resolve("secret.png"), 2, 3, 1);
    Files.createSymbolicLink(root.resolve("set/link.png"), elsewhere.resolve("secret.png"));
    assertTrue(refusal(Map.of()).contains("'set/link.png' lies outside"), refusal(Map.of()));
  }

  @Test
  void anotherNameOrContentGivesAnotherHash() throws Exception {
    writeMore();
    String before = dataset.sha256(options(Map.of()), DataFolder.of(root));
    Files.move(root.resolve("set/z00.png"), root.resolve("set/y00.png"));
    String renamed = dataset.sha256(options(Map.of()), DataFolder.of(root));
    Pictures.writeGrey(root.resolve("set/y00.png"), 2, 3, 99);
    String changed = dataset.sha256(options(Map.of()), DataFolder.of(root));
    assertNotEquals(before, renamed);
    assertNotEquals(renamed, changed);
  }
}
