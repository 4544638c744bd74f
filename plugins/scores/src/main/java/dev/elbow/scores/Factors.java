package dev.elbow.scores;

import dev.elbow.api.data.DatasetDescription;
import dev.elbow.api.data.Factor;
import dev.elbow.api.score.ScoredModel;
import java.util.Arrays;
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

  /** How many factors of data vary. */
  static int count(DatasetDescription data) {
    return varying(data).length;
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

  /** By value, the places of the images that have it; empty for a value that none has. */
  int[][] places(int factor) {
    int[] indices = indices(factor);
    return IntStream.range(0, values(factor))
        .mapToObj(
            value -> IntStream.range(0, indices.length).filter(i -> indices[i] == value).toArray())
        .toArray(int[][]::new);
  }

  /** As {@link #places}, without the values that no image has. */
  int[][] groups(int factor) {
    return Arrays.stream(places(factor)).filter(group -> group.length > 0).toArray(int[][]::new);
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
