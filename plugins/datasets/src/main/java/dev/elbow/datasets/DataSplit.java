package dev.elbow.datasets;

import dev.elbow.api.data.DatasetException;
import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.OptionType;
import dev.elbow.api.plugin.Options;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Which images are for training and which for test.
 *
 * @param train numbers of images, ascending
 * @param test numbers of images, ascending
 */
record DataSplit(int[] train, int[] test) {
  private static final String OPTION = "test";
  private static final double MOST = 0.9;
  private static final double USUAL = 0.1;

  /** The option that gives the share of the test images. */
  static Option option(String meaning) {
    return new Option(OPTION, new OptionType.Real(0, false, MOST), Optional.of(USUAL), meaning);
  }

  static double share(Options options) {
    return options.real(OPTION);
  }

  /** The first {@code train} images, and those behind them. */
  static DataSplit declared(int train, int test) {
    return new DataSplit(
        IntStream.range(0, train).toArray(), IntStream.range(train, train + test).toArray());
  }

  /**
   * By the hash of each image's key alone: an image that is added moves no other one.
   *
   * @param keys of the images; equal keys fall on one side
   * @throws DatasetException if a side is empty
   */
  static DataSplit byHash(String source, long[] keys, double share) throws DatasetException {
    IntPredicate tested = image -> (SplitMix.mix(keys[image]) >>> 11) * 0x1p-53 < share;
    int[] test = IntStream.range(0, keys.length).filter(tested).toArray();
    int[] train = IntStream.range(0, keys.length).filter(tested.negate()).toArray();
    if (train.length == 0 || test.length == 0) {
      throw new DatasetException(
          "%s: of %d images, %d fall into the test set with a share of %s, expected some in each set"
              .formatted(source, keys.length, test.length, share));
    }
    return new DataSplit(train, test);
  }
}
