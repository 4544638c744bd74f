package dev.elbow.scores;

import dev.elbow.api.data.DatasetDescription;
import dev.elbow.api.data.Factor;
import dev.elbow.api.score.ScoredModel;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The true factors of the images that a model is judged by; those that never vary are left out. */
final class Factors {
  private final ScoredModel model;
  private final int[] images;
  private final int[] varying;

  private Factors(ScoredModel model) {
    this.model = model;
    this.images = model.numbers();
    this.varying = varying(model.images().description());
  }

  static Factors of(ScoredModel model) {
    return new Factors(model);
  }

  /** Why data have no factors to judge by. */
  static Optional<String> problem(DatasetDescription data) {
    if (data.factors().isEmpty()) {
      return Optional.of("needs the true factors of the images, and this data have none");
    }
    return varying(data).length == 0
        ? Optional.of("needs true factors that vary, and each factor of this data has one value")
        : Optional.empty();
  }

  private static int[] varying(DatasetDescription data) {
    List<Factor> factors = data.factors();
    return IntStream.range(0, factors.size())
        .filter(factor -> factors.get(factor).values().size() > 1)
        .toArray();
  }

  int count() {
    return varying.length;
  }

  /** The number among the factors of the data. */
  int number(int factor) {
    return varying[factor];
  }

  /** How many values a factor has. */
  int values(int factor) {
    return factor(factor).values().size();
  }

  /** The index of the value that each image has. */
  int[] indices(int factor) {
    return IntStream.of(images)
        .map(image -> model.images().factor(image, varying[factor]))
        .toArray();
  }

  /** The value that each image has. */
  double[] values(int factor, int[] indices) {
    List<Double> values = factor(factor).values();
    return IntStream.of(indices).mapToDouble(values::get).toArray();
  }

  private Factor factor(int factor) {
    return model.images().description().factors().get(varying[factor]);
  }
}
