package dev.elbow.trainer.data;

import dev.elbow.api.DatasetChoice;
import dev.elbow.trainer.random.StreamKey;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;

/**
 * The numbers of the images that are trained on, set aside, and tested on, each ascending. Arrays
 * are not changed.
 *
 * @param validation empty without a split
 * @param heldOut the images of classes that are left out, of the declared training set and of the
 *     test set
 */
public record Split(int[] train, int[] validation, int[] test, int[][] heldOut) {
  private static final int[] NONE = {};

  /**
   * The images of a trial.
   *
   * @param declared which are of the training set
   * @param labels of the classes
   * @param label of an image, an index into these
   * @param choice what is set aside and what is left out
   */
  static Split of(
      int[] declared,
      int[] test,
      List<String> labels,
      IntUnaryOperator label,
      DatasetChoice choice) {
    Set<Integer> without =
        choice.without().stream().map(labels::indexOf).collect(Collectors.toSet());
    if (without.isEmpty()) {
      return of(choice.sha256(), declared, test, choice.validation());
    }
    IntPredicate isLeftOut = image -> without.contains(label.applyAsInt(image));
    int[][] heldOut = {only(declared, isLeftOut), only(test, isLeftOut)};
    int[] known = only(declared, isLeftOut.negate());
    int[] knownTest = only(test, isLeftOut.negate());
    Split rest = of(choice.sha256(), known, knownTest, choice.validation());
    return new Split(rest.train, rest.validation, rest.test, heldOut);
  }

  private static int[] only(int[] images, IntPredicate kind) {
    return Arrays.stream(images).filter(kind).toArray();
  }

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
      return new Split(declared, NONE, test, new int[][] {NONE, NONE});
    }
    StreamKey.Numbered hashes = StreamKey.ofData(sha256, "validation").numbered();
    long[] ordered = Arrays.stream(declared).mapToLong(hashes::bits).sorted().toArray();
    long last = ordered[aside - 1];
    IntPredicate isAside = image -> hashes.bits(image) <= last;
    return new Split(
        only(declared, isAside.negate()), only(declared, isAside), test, new int[][] {NONE, NONE});
  }

  private static int count(int images, double share) {
    long rounded = Math.round(images * share);
    return share == 0 || images < 2 ? 0 : (int) Math.min(images - 1, Math.max(1, rounded));
  }
}
