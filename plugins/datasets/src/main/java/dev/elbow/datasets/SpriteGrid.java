package dev.elbow.datasets;

import dev.elbow.api.data.DatasetDescription;
import dev.elbow.api.data.Factor;
import dev.elbow.api.data.PixelFormat;
import dev.elbow.api.data.Targets;
import dev.elbow.api.network.Shape;
import dev.elbow.api.plugin.Options;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The factors of the sprites and the numbers of their images: the last factor changes from one
 * image to the next, the first one slowest.
 *
 * @param size height and width of an image, in pixels
 */
record SpriteGrid(int size, int orientations, int positionsX, int positionsY) {
  /** To be raised by every change that gives other images. */
  private static final int GENERATOR_VERSION = 1;

  private static final int SCALES = 6;
  private static final int TEST_SHARE = 10;

  static SpriteGrid of(Options options) {
    return new SpriteGrid(
        options.count("size"),
        options.count("orientations"),
        options.count("positionsX"),
        options.count("positionsY"));
  }

  List<Factor> factors() {
    return List.of(
        new Factor(
            "shape",
            IntStream.range(0, SpriteShape.values().length).asDoubleStream().boxed().toList()),
        new Factor("scale", IntStream.range(0, SCALES).mapToObj(i -> (5 + i) / 10.0).toList()),
        new Factor(
            "orientation",
            IntStream.range(0, orientations)
                .mapToObj(i -> 2 * Math.PI * i / orientations)
                .toList()),
        new Factor("positionX", places(positionsX)),
        new Factor("positionY", places(positionsY)));
  }

  /** From 0 to 1, ends included; the middle where there is one only. */
  private static List<Double> places(int count) {
    return count == 1
        ? List.of(0.5)
        : IntStream.range(0, count).mapToObj(i -> (double) i / (count - 1)).toList();
  }

  int count() {
    return SpriteShape.values().length * SCALES * orientations * positionsX * positionsY;
  }

  /** The index of each factor's value, of image number {@code image}. */
  int[] indices(int image) {
    int[] sizes = {SpriteShape.values().length, SCALES, orientations, positionsX, positionsY};
    int rest = image;
    for (int factor = sizes.length - 1; factor >= 0; factor--) {
      int size = sizes[factor];
      sizes[factor] = rest % size;
      rest /= size;
    }
    return sizes;
  }

  private int testCount() {
    return (count() + TEST_SHARE - 1) / TEST_SHARE;
  }

  /**
   * The numbers of the test images, a tenth: those whose numbers have the lowest hashes. Ascending.
   */
  int[] test() {
    long[] hashes = IntStream.range(0, count()).mapToLong(SpriteGrid::hash).sorted().toArray();
    long highest = hashes[testCount() - 1];
    return IntStream.range(0, count()).filter(image -> hash(image) <= highest).toArray();
  }

  private static long hash(int image) {
    return SplitMix.mix(image + 1L);
  }

  DatasetDescription describe() {
    return new DatasetDescription(
        Shape.of(1, size, size),
        PixelFormat.BITS,
        count() - testCount(),
        testCount(),
        Targets.FIXED,
        Arrays.stream(SpriteShape.values()).map(s -> s.name().toLowerCase(Locale.ROOT)).toList(),
        factors());
  }

  String sha256() {
    byte[] all =
        "sprites %d %s".formatted(GENERATOR_VERSION, this).getBytes(StandardCharsets.UTF_8);
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(all));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
