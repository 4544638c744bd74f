package dev.elbow.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.data.DataFolder;
import dev.elbow.api.data.DatasetDescription;
import dev.elbow.api.data.Factor;
import dev.elbow.api.data.Images;
import dev.elbow.api.plugin.Options;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpritesDatasetTest {
  private static final Map<String, Object> FULL =
      Map.of("orientations", 40, "positionsX", 32, "positionsY", 32);

  private static Options options(Map<String, Object> given) {
    return Options.check(new SpritesDataset().options(), given).orThrow();
  }

  private static Images load(Map<String, Object> given) {
    return new SpritesDataset().load(options(given), DataFolder.none());
  }

  /** Lit pixels, numbered row by row. */
  private static BitSet pixels(Images images, int image) {
    DatasetDescription description = images.description();
    ByteBuffer bytes =
        ByteBuffer.allocate((int) description.format().sizeBytes(description.image()));
    images.read(image, 1, bytes);
    BitSet lit = new BitSet();
    IntStream.range(0, bytes.capacity() * 8)
        .filter(pixel -> (bytes.get(pixel / 8) >> (7 - pixel % 8) & 1) == 1)
        .forEach(lit::set);
    return lit;
  }

  @Test
  void byDefaultThereAreEighteenThousandATenthOfThemForTest() {
    Images images = load(Map.of());
    assertEquals(18_000, images.count());
    assertEquals(1_800, images.description().testImages());
    assertEquals(
        List.of("shape", "scale", "orientation", "positionX", "positionY"),
        images.description().factors().stream().map(Factor::name).toList());
  }

  @Test
  void optionsFillTheWholeGridOfDsprites() {
    DatasetDescription full = new SpritesDataset().describe(options(FULL), DataFolder.none());
    assertEquals(737_280, full.trainImages() + full.testImages());
    assertEquals(73_728, full.testImages());
    long bytes = full.format().sizeBytes(full.image()) * 737_280L;
    assertTrue(bytes < 500_000_000, () -> bytes + " bytes");
  }

  @Test
  void factorsHaveTheirValuesAndNoAngleTwice() {
    List<Factor> factors = load(Map.of("orientations", 4)).description().factors();
    assertEquals(List.of(0.0, 1.0, 2.0), factors.get(0).values());
    assertEquals(List.of(0.5, 0.6, 0.7, 0.8, 0.9, 1.0), factors.get(1).values());
    assertEquals(List.of(0.0, 0.5 * Math.PI, Math.PI, 1.5 * Math.PI), factors.get(2).values());
    assertEquals(0.0, factors.get(3).values().get(0));
    assertEquals(1.0, factors.get(3).values().get(9));
    assertEquals(
        List.of(0.5), load(Map.of("positionsY", 1)).description().factors().get(4).values());
  }

  @Test
  void everyCombinationOfFactorsIsThereOnceTheLastChangingFastest() {
    Images images = load(Map.of("orientations", 2, "positionsX", 3, "positionsY", 2));
    List<List<Integer>> seen = new ArrayList<>();
    for (int image = 0; image < images.count(); image++) {
      int number = image;
      seen.add(IntStream.range(0, 5).mapToObj(factor -> images.factor(number, factor)).toList());
    }
    assertEquals(3 * 6 * 2 * 3 * 2, seen.stream().distinct().count());
    assertEquals(List.of(0, 0, 0, 0, 1), seen.get(1));
    assertEquals(List.of(0, 0, 0, 1, 0), seen.get(2));
    assertEquals(List.of(2, 5, 1, 2, 1), seen.get(images.count() - 1));
  }

  @Test
  void nothingTouchesTheBorder() {
    Images images = load(Map.of("orientations", 8, "positionsX", 2, "positionsY", 2));
    int size = 64;
    for (int image = 0; image < images.count(); image++) {
      int number = image;
      pixels(images, image).stream()
          .forEach(
              pixel -> {
                int x = pixel % size;
                int y = pixel / size;
                assertTrue(
                    Math.min(x, y) > 0 && Math.max(x, y) < size - 1,
                    () -> "image %d at %d, %d".formatted(number, x, y));
              });
    }
  }

  @Test
  void aShapeReachesAsFarAsOneFromItsMiddleAndNoFurther() {
    for (SpriteShape shape : SpriteShape.values()) {
      double reach = 0;
      for (int i = 0; i < 1_000_000; i++) {
        double x = (i % 1_000 - 499.5) / 400;
        double y = (i / 1_000 - 499.5) / 400;
        reach = shape.contains(x, y) ? Math.max(reach, Math.hypot(x, y)) : reach;
      }
      assertTrue(reach > 0.98 && reach <= 1, shape + " reaches " + reach);
    }
  }

  @Test
  void theAreaGrowsWithTheSquareOfTheScale() {
    Images images = load(Map.of("orientations", 1, "positionsX", 1, "positionsY", 1));
    for (int shape = 0; shape < 3; shape++) {
      double small = pixels(images, shape * 6).cardinality();
      double large = pixels(images, shape * 6 + 5).cardinality();
      assertEquals(4, large / small, 0.3);
    }
  }

  @Test
  void theSidesOfSquaresGrowInEvenSteps() {
    Images images = load(Map.of("orientations", 1, "positionsX", 1, "positionsY", 1));
    for (int scale = 0; scale < 6; scale++) {
      int side = 10 + 2 * scale;
      assertEquals(side * side, pixels(images, scale).cardinality());
    }
  }

  @Test
  void aTurnedSpriteKeepsItsAreaAndAHeartHasNoSymmetryOfTurning() {
    Images images = load(Map.of("orientations", 8, "positionsX", 1, "positionsY", 1));
    int heart = (2 * 6 + 5) * 8;
    BitSet upright = pixels(images, heart);
    for (int turn = 1; turn < 8; turn++) {
      BitSet turned = pixels(images, heart + turn);
      assertEquals(upright.cardinality(), turned.cardinality(), 0.04 * upright.cardinality());
      assertNotEquals(upright, turned);
    }
  }

  @Test
  void anUprightHeartIsBroaderAboveAndSymmetric() {
    Images images = load(Map.of("orientations", 1, "positionsX", 1, "positionsY", 1));
    BitSet heart = pixels(images, 2 * 6 + 5);
    int first = heart.nextSetBit(0) / 64;
    int last = heart.previousSetBit(64 * 64) / 64;
    BitSet above = heart.get(0, (first + last) / 2 * 64);
    assertTrue(above.cardinality() > 0.55 * heart.cardinality());
    assertFalse(heart.get(first * 64 + 32), "between its lobes there is a notch");
    heart.stream().forEach(pixel -> assertTrue(heart.get(pixel / 64 * 64 + 63 - pixel % 64)));
  }

  @Test
  void placesMoveASpriteWithoutChangingItsSize() {
    Images images = load(Map.of("orientations", 1, "positionsX", 2, "positionsY", 2));
    BitSet topLeft = pixels(images, 0);
    BitSet bottomRight = pixels(images, 3);
    // Places are a quarter and three quarters of the image: 32 pixels apart.
    BitSet moved = new BitSet();
    topLeft.stream().forEach(pixel -> moved.set(pixel + 32 * 64 + 32));
    assertEquals(moved, bottomRight);
  }

  @Test
  void theTestSetIsSpreadOverTheGrid() {
    Images images = load(Map.of());
    int[] count = new int[10];
    IntStream.of(images.test()).forEach(image -> count[images.factor(image, 4)]++);
    // 180 expected, standard deviation 13.
    IntStream.of(count).forEach(n -> assertTrue(n > 115 && n < 245, () -> "one place has " + n));
  }
}
