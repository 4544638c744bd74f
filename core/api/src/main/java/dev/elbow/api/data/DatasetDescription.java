package dev.elbow.api.data;

import dev.elbow.api.network.Shape;
import java.util.List;

/**
 * What a dataset holds.
 *
 * @param image the shape of one image, {@code [channels, height, width]}
 * @param format how pixels are stored
 * @param trainImages how many images the declared training set has, at least 1
 * @param testImages how many images the declared test set has, at least 1
 * @param targets what a likelihood is asked to predict
 * @param labels names or numbers of the classes in order; empty if images have no labels
 * @param factors the true factors in order; empty if they are not known
 */
public record DatasetDescription(
    Shape image,
    PixelFormat format,
    int trainImages,
    int testImages,
    Targets targets,
    List<String> labels,
    List<Factor> factors) {
  public DatasetDescription {
    labels = List.copyOf(labels);
    factors = List.copyOf(factors);
    if (image.rank() != 3) {
      throw new IllegalArgumentException("an image needs [channels, height, width], got " + image);
    }
    if (trainImages < 1 || testImages < 1) {
      throw new IllegalArgumentException(
          "both splits must hold images, got (train=%d, test=%d)"
              .formatted(trainImages, testImages));
    }
  }
}
