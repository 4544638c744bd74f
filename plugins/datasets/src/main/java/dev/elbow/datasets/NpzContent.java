package dev.elbow.datasets;

import dev.elbow.api.data.DatasetDescription;
import dev.elbow.api.data.DatasetException;
import dev.elbow.api.data.Images;
import dev.elbow.api.data.PixelFormat;
import dev.elbow.api.data.Targets;
import dev.elbow.api.plugin.Options;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The arrays of an archive that belong together, found to fit each other.
 *
 * @param pixels all images, or those for training and those for test
 * @param labels of each image; empty if there are none
 */
record NpzContent(List<NpzPixels> pixels, int[] labels, NpzFactors factors, DataSplit split) {
  private static final int MOST_CLASSES = 65536;

  /**
   * Reads the headers of the images, and labels and factors, which are small.
   *
   * @throws DatasetException if an array is missing or does not fit the others
   */
  static NpzContent open(NpzArchive archive, String name, Options options) throws DatasetException {
    if (archive.find("x_train").isPresent() && archive.find("x_test").isPresent()) {
      return declared(archive, options);
    }
    boolean dsprites = archive.find("imgs").isPresent();
    String array = dsprites ? "imgs" : archive.find("x").isPresent() ? "x" : "arr_0";
    NpyArray found = archive.find(array).orElse(null);
    if (found == null) {
      throw new DatasetException(
          "'%s' holds the arrays %s, expected images as imgs, x, arr_0, or x_train and x_test"
              .formatted(name, archive.arrays()));
    }
    NpzPixels pixels = NpzPixels.of(found, options.text("pixels"), dsprites);
    NpyArray classes = archive.find("latents_classes").orElse(null);
    NpzFactors factors =
        classes == null
            ? NpzFactors.none()
            : NpzFactors.read(classes, archive.find("latents_values"), pixels.count());
    long[] keys = LongStream.rangeClosed(1, pixels.count()).toArray();
    return new NpzContent(
        List.of(pixels),
        labels(archive, "y", pixels.count()),
        factors,
        DataSplit.byHash("'" + name + "'", keys, DataSplit.share(options)));
  }

  private static NpzContent declared(NpzArchive archive, Options options) throws DatasetException {
    List<NpzPixels> pixels = new ArrayList<>();
    for (String array : List.of("x_train", "x_test")) {
      NpyArray found = archive.find(array).orElseThrow();
      pixels.add(NpzPixels.of(found, options.text("pixels"), false));
    }
    NpzPixels train = pixels.get(0);
    NpzPixels test = pixels.get(1);
    if (!train.shape().equals(test.shape()) || train.format() != test.format()) {
      throw new DatasetException(
          "%s: has images %s as %s, expected %s as %s as in %s"
              .formatted(
                  test.array().name(),
                  test.shape(),
                  test.format(),
                  train.shape(),
                  train.format(),
                  train.array().name()));
    }
    int[] trainLabels = labels(archive, "y_train", train.count());
    int[] testLabels = labels(archive, "y_test", test.count());
    int[] labels = Arrays.copyOf(trainLabels, train.count() + test.count());
    System.arraycopy(testLabels, 0, labels, train.count(), test.count());
    return new NpzContent(
        pixels, labels, NpzFactors.none(), DataSplit.declared(train.count(), test.count()));
  }

  /** −1 for each image where there is no such array. */
  private static int[] labels(NpzArchive archive, String name, int images) throws DatasetException {
    int[] labels = new int[images];
    Arrays.fill(labels, -1);
    NpyArray array = archive.find(name).orElse(null);
    if (array == null) {
      return labels;
    }
    boolean fits =
        array.rowSize() == 1 && array.dimension(0) == images && !array.header().isFloat();
    if (!fits) {
      throw new DatasetException(
          "%s: has the shape %s, expected an integer for each of %d images"
              .formatted(array.name(), array.header().shape(), images));
    }
    array.rows((image, row) -> labels[image] = label(array, image, row.value(0)));
    return labels;
  }

  private static int label(NpyArray array, int image, double label) throws DatasetException {
    if (label < 0 || label >= MOST_CLASSES) {
      throw new DatasetException(
          "%s: image %d has label %s, expected integers from 0 to %d"
              .formatted(array.name(), image, label, MOST_CLASSES - 1));
    }
    return (int) label;
  }

  DatasetDescription describe() {
    NpzPixels first = pixels.get(0);
    int classes = 1 + IntStream.of(labels).max().orElse(-1);
    return new DatasetDescription(
        first.shape(),
        first.format(),
        split.train().length,
        split.test().length,
        first.format() == PixelFormat.BITS ? Targets.FIXED : Targets.GREY,
        IntStream.range(0, classes).mapToObj(String::valueOf).toList(),
        factors.factors());
  }

  Images load() throws DatasetException {
    byte[][] images = new byte[labels.length][];
    int first = 0;
    for (NpzPixels part : pixels) {
      part.read(images, first);
      first += part.count();
    }
    return new StoredImages(describe(), images, split, labels, factors.indices());
  }
}
