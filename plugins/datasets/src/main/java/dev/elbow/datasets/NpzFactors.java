package dev.elbow.datasets;

import dev.elbow.api.data.DatasetException;
import dev.elbow.api.data.Factor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The true factors of images: {@code latents_classes}, indices, and {@code latents_values}, what
 * they stand for.
 *
 * @param indices of each image
 */
record NpzFactors(List<Factor> factors, char[][] indices) {
  /**
   * Of dSprites (Matthey, Higgins, Hassabis and Lerchner 2017), whose file says them in a pickle.
   */
  private static final List<String> DSPRITES =
      List.of("colour", "shape", "scale", "orientation", "positionX", "positionY");

  static NpzFactors none() {
    return new NpzFactors(List.of(), new char[0][]);
  }

  /**
   * @param classes {@code [images, factors]}
   * @param values likewise; without them an index stands for itself
   * @throws DatasetException if they do not fit each other
   */
  static NpzFactors read(NpyArray classes, Optional<NpyArray> values, int images)
      throws DatasetException {
    requireShape(classes, images, classes.rank() == 2 ? classes.dimension(1) : 1);
    int count = classes.dimension(1);
    char[][] indices = new char[images][count];
    classes.rows((image, row) -> readIndices(classes, image, row, indices[image]));
    double[][] meanings = new double[count][];
    for (int factor = 0; factor < count; factor++) {
      int f = factor;
      meanings[f] = new double[1 + Arrays.stream(indices).mapToInt(i -> i[f]).max().orElse(0)];
      Arrays.fill(meanings[f], Double.NaN);
    }
    if (values.isPresent()) {
      requireShape(values.get(), images, count);
      values.get().rows((image, row) -> readMeanings(values.get(), row, indices[image], meanings));
    } else {
      Arrays.stream(indices).forEach(image -> putIndices(image, meanings));
    }
    return new NpzFactors(factors(classes, meanings), indices);
  }

  private static void requireShape(NpyArray array, int images, int factors)
      throws DatasetException {
    List<Long> expected = List.of((long) images, (long) factors);
    if (!array.header().shape().equals(expected)) {
      throw new DatasetException(
          "%s: has the shape %s, expected %s"
              .formatted(array.name(), array.header().shape(), expected));
    }
  }

  private static void readIndices(NpyArray classes, int image, NpyRow row, char[] indices)
      throws DatasetException {
    for (int factor = 0; factor < indices.length; factor++) {
      double index = row.value(factor);
      if (index != Math.rint(index) || index < 0 || index > Character.MAX_VALUE) {
        throw new DatasetException(
            "%s: image %d has %s as index of factor %d, expected integers from 0 to 65535"
                .formatted(classes.name(), image, index, factor));
      }
      indices[factor] = (char) index;
    }
  }

  private static void readMeanings(NpyArray values, NpyRow row, char[] indices, double[][] meanings)
      throws DatasetException {
    for (int factor = 0; factor < indices.length; factor++) {
      double found = row.value(factor);
      double known = meanings[factor][indices[factor]];
      if (!Double.isFinite(found) || !Double.isNaN(known) && known != found) {
        throw new DatasetException(
            "%s: index %d of factor %d stands for %s and for %s, expected one finite value"
                .formatted(values.name(), (int) indices[factor], factor, known, found));
      }
      meanings[factor][indices[factor]] = found;
    }
  }

  private static void putIndices(char[] indices, double[][] meanings) {
    for (int factor = 0; factor < indices.length; factor++) {
      meanings[factor][indices[factor]] = indices[factor];
    }
  }

  private static List<Factor> factors(NpyArray classes, double[][] meanings)
      throws DatasetException {
    List<Factor> factors = new ArrayList<>();
    for (int factor = 0; factor < meanings.length; factor++) {
      double[] ofFactor = meanings[factor];
      int unused =
          IntStream.range(0, ofFactor.length)
              .filter(index -> Double.isNaN(ofFactor[index]))
              .findFirst()
              .orElse(-1);
      if (unused >= 0) {
        throw new DatasetException(
            "%s: no image has index %d of factor %d, though one has %d"
                .formatted(classes.name(), unused, factor, ofFactor.length - 1));
      }
      String name =
          meanings.length == DSPRITES.size() ? DSPRITES.get(factor) : "factor" + (factor + 1);
      factors.add(new Factor(name, DoubleStream.of(ofFactor).boxed().toList()));
    }
    return factors;
  }
}
