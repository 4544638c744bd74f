package dev.elbow.benchmarks;

/**
 * A figure, and what it is to reach.
 *
 * @param name of the row
 * @param unit of the figure; {@code ×} for a ratio
 * @param lessIsBetter for times and sizes
 */
record Goal(String name, String unit, double must, double aim, boolean lessIsBetter) {
  static Goal atLeast(String name, double must, double aim) {
    return new Goal(name, "×", must, aim, false);
  }

  static Goal atMost(String name, String unit, double must, double aim) {
    return new Goal(name, unit, must, aim, true);
  }

  /** What {@code figure} reaches: {@code aim}, {@code must} or {@code -}. */
  String reached(double figure) {
    if (reaches(figure, aim)) {
      return "aim";
    }
    return reaches(figure, must) ? "must" : "-";
  }

  private boolean reaches(double figure, double bound) {
    return lessIsBetter ? figure <= bound : figure >= bound;
  }
}
