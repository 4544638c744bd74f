package dev.elbow.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** What one thing measured, alternation by alternation. For one thread. */
final class Series {
  private final List<Double> figures = new ArrayList<>();

  void add(double figure) {
    figures.add(figure);
  }

  boolean isEmpty() {
    return figures.isEmpty();
  }

  int count() {
    return figures.size();
  }

  /** The one in the middle; the mean of the two where there are two. */
  double median() {
    List<Double> sorted = figures.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  double least() {
    return figures.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  double greatest() {
    return figures.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }

  /** Figure by figure, this over {@code other}: both of an alternation saw the same machine. */
  Series over(Series other) {
    Series ratios = new Series();
    for (int i = 0; i < Math.min(count(), other.count()); i++) {
      ratios.add(figures.get(i) / other.figures.get(i));
    }
    return ratios;
  }
}
