package dev.elbow.datasets;

import dev.elbow.api.data.DatasetDescription;
import dev.elbow.api.data.Images;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Images in memory, an array each: all together may be larger than an array.
 *
 * @param pixels of each image, in the format of the description
 * @param labels of each image
 * @param factors of each image; empty if they are not known
 */
record StoredImages(
    DatasetDescription description,
    byte[][] pixels,
    DataSplit split,
    int[] labels,
    char[][] factors)
    implements Images {

  @Override
  public void read(int first, int count, ByteBuffer target) {
    Objects.checkFromIndexSize(first, count, pixels.length);
    for (int image = first; image < first + count; image++) {
      target.put(pixels[image]);
    }
  }

  @Override
  public int[] train() {
    return split.train().clone();
  }

  @Override
  public int[] test() {
    return split.test().clone();
  }

  @Override
  public int label(int image) {
    return labels[image];
  }

  @Override
  public int factor(int image, int factor) {
    if (factors.length == 0) {
      throw new IndexOutOfBoundsException(
          "these images have no known factors, asked for " + factor);
    }
    return factors[image][factor];
  }
}
