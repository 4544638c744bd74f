package dev.elbow.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.data.DataFolder;
import dev.elbow.api.data.DatasetDescription;
import dev.elbow.api.data.DatasetException;
import dev.elbow.api.data.Factor;
import dev.elbow.api.data.Images;
import dev.elbow.api.data.PixelFormat;
import dev.elbow.api.plugin.Dataset;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every dataset keeps. Extend it, return the plugin and small data, inherit the tests. */
public abstract class DatasetContract extends PluginContract<Dataset> {
  /** For subclasses. */
  protected DatasetContract() {
    super(Dataset.class);
  }

  /** Where files may be named; none by default. */
  protected DataFolder data() {
    return DataFolder.none();
  }

  /** Options over {@link #required} that give few images; none by default. */
  protected Map<String, Object> few() {
    return Map.of();
  }

  /** Options over {@link #required} that give other images than {@link #few}, and each others'. */
  protected abstract List<Map<String, Object>> others();

  private Images load(Map<String, Object> given) throws DatasetException {
    return plugin().load(options(given), data());
  }

  @Test
  void theDescriptionTellsWhatIsLoaded() throws DatasetException {
    DatasetDescription described = plugin().describe(options(few()), data());
    Images images = load(few());
    assertEquals(described, images.description());
    assertEquals(described.trainImages(), images.train().length);
    assertEquals(described.testImages(), images.test().length);
  }

  @Test
  void everyImageIsInOneSplit() throws DatasetException {
    Images images = load(few());
    int[] all =
        IntStream.concat(IntStream.of(images.train()), IntStream.of(images.test()))
            .sorted()
            .toArray();
    assertArrayEquals(IntStream.range(0, images.count()).toArray(), all);
    assertArrayEquals(IntStream.of(images.train()).sorted().toArray(), images.train());
    assertArrayEquals(IntStream.of(images.test()).sorted().toArray(), images.test());
  }

  @Test
  void aCallerCannotChangeASplit() throws DatasetException {
    Images images = load(few());
    images.train()[0] = -1;
    images.test()[0] = -1;
    assertNotEquals(-1, images.train()[0]);
    assertNotEquals(-1, images.test()[0]);
  }

  @Test
  void imagesAreTheSameEveryTime() throws DatasetException {
    assertArrayEquals(bytes(load(few()), 1_000_000), bytes(load(few()), 1_000_000));
  }

  @Test
  void imagesAreTheSameInPiecesOfAnySize() throws DatasetException {
    Images images = load(few());
    byte[] whole = bytes(images, 1_000_000);
    for (int piece : new int[] {1, 7}) {
      assertArrayEquals(whole, bytes(images, piece), () -> "in pieces of " + piece);
    }
  }

  @Test
  void severalThreadsMayRead() throws DatasetException {
    Images images = load(few());
    byte[] whole = bytes(images, 1_000_000);
    Stream.of(3, 5, 11, 13)
        .parallel()
        .forEach(piece -> assertArrayEquals(whole, bytes(images, piece)));
  }

  @Test
  void pixelsAreFromZeroToOne() throws DatasetException {
    Images images = load(few());
    ByteBuffer values = ByteBuffer.wrap(bytes(images, 1_000)).order(ByteOrder.LITTLE_ENDIAN);
    // The other formats cannot hold anything else.
    while (images.description().format() == PixelFormat.FLOAT32 && values.hasRemaining()) {
      float value = values.getFloat();
      assertTrue(value >= 0 && value <= 1, () -> "a pixel is " + value);
    }
    assertTrue(varies(values.array()), "all pixels of all images are the same");
  }

  private static boolean varies(byte[] bytes) {
    return IntStream.range(1, bytes.length).anyMatch(i -> bytes[i] != bytes[0]);
  }

  @Test
  void labelsAndFactorsAreAmongThoseDescribed() throws DatasetException {
    Images images = load(few());
    int labels = images.description().labels().size();
    List<Factor> factors = images.description().factors();
    for (int image = 0; image < images.count(); image++) {
      int label = images.label(image);
      assertTrue(label >= -1 && label < labels, () -> "a label is " + label);
      for (int factor = 0; factor < factors.size(); factor++) {
        int value = images.factor(image, factor);
        assertTrue(value >= 0 && value < factors.get(factor).values().size(), "factor " + value);
      }
    }
  }

  @Test
  void itsHashIsTheSameEveryTime() throws DatasetException {
    String hash = plugin().sha256(options(few()), data());
    assertTrue(hash.matches("[0-9a-f]{64}"), hash);
    assertEquals(hash, plugin().sha256(options(few()), data()));
  }

  @Test
  void otherImagesHaveAnotherHash() throws DatasetException {
    List<Map<String, Object>> all =
        Stream.concat(Stream.of(few()), others().stream()).distinct().toList();
    assertTrue(all.size() > 1, "others() must differ from few()");
    List<String> hashes = new ArrayList<>();
    for (Map<String, Object> given : all) {
      hashes.add(plugin().sha256(options(given), data()));
    }
    assertEquals(hashes.stream().distinct().toList(), hashes, () -> "of " + all);
  }

  /** All images, read {@code piece} at a time. */
  private static byte[] bytes(Images images, int piece) {
    DatasetDescription description = images.description();
    int size = Math.toIntExact(description.format().sizeBytes(description.image()));
    ByteBuffer target = ByteBuffer.allocate(Math.multiplyExact(size, images.count()));
    for (int first = 0; first < images.count(); first += piece) {
      int count = Math.min(piece, images.count() - first);
      images.read(first, count, target);
      assertEquals((first + count) * size, target.position(), "where the buffer's position moved");
    }
    return target.array();
  }
}
