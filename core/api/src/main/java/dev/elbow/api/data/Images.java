package dev.elbow.api.data;

import java.nio.ByteBuffer;

/**
 * The images of a dataset, train and test in one sequence.
 *
 * <p><b>Thread safety.</b> All methods may be called by several threads.
 *
 * <p><b>Ownership.</b> The caller copies what it needs with {@link #read} and lets go of this
 * object, so that images are in memory once.
 */
public interface Images {
  /** What the dataset holds; as {@link dev.elbow.api.plugin.Dataset#describe} said. */
  DatasetDescription description();

  /** How many images there are, train and test together. */
  default int count() {
    return Math.addExact(description().trainImages(), description().testImages());
  }

  /**
   * Writes {@code count} images, beginning with number {@code first}, to {@code target} in the
   * declared format.
   *
   * @param target has room for {@code count × format.sizeBytes(image)} bytes; its position moves
   *     behind them
   */
  void read(int first, int count, ByteBuffer target);

  /** The numbers of the images of the declared training set, ascending. A new array. */
  int[] train();

  /** The numbers of the images of the declared test set, ascending. A new array. */
  int[] test();

  /**
   * The class of an image.
   *
   * @return an index into the description's labels, or −1 if the image has none
   */
  int label(int image);

  /**
   * The value of a true factor of an image.
   *
   * @param factor an index into the description's factors
   * @return an index into that factor's values
   */
  int factor(int image, int factor);
}
