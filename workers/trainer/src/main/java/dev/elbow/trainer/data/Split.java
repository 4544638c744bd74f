package dev.elbow.trainer.data;

import dev.elbow.trainer.random.StreamKey;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * The numbers of the images that are trained on, set aside, and tested on, each ascending. Arrays
 * are not changed.
 *
 * @param validation empty without a split
 */
public record Split(int[] train, int[] validation, int[] test) {

  /**
   * Sets {@code share} of {@code declared} aside: the images whose hashes are lowest. The hash is
   * of the data and the image's number, so that every trial of every sweep sets the same images
   * aside.
   *
   * @param share from 0 to below 1; above 0 it leaves at least one image on either side, where
   *     there are two
   */
  static Split of(String sha256, int[] declared, int[] test, double share) {
    int aside = count(declared.length, share);
    if (aside == 0) {
      return new Split(declared, new int[0], test);
    }
    StreamKey.Numbered hashes = StreamKey.ofData(sha256, "validation").numbered();
    long[] ordered = Arrays.stream(declared).mapToLong(hashes::bits).sorted().toArray();
    long last = ordered[aside - 1];
    IntPredicate isAside = image -> hashes.bits(image) <= last;
    return new Split(
        Arrays.stream(declared).filter(isAside.negate()).toArray(),
        Arrays.stream(declared).filter(isAside).toArray(),
        test);
  }

  private static int count(int images, double share) {
    long rounded = Math.round(images * share);
    return share == 0 || images < 2 ? 0 : (int) Math.min(images - 1, Math.max(1, rounded));
  }
}
