package dev.elbow.scores;

import java.util.Arrays;

/**
 * Linear regression with a penalty on the sum of magnitudes (Tibshirani 1996): the weights w that
 * minimise ‖y − Xw‖² / (2n) + α ‖w‖₁, found coordinate by coordinate.
 */
final class Lasso {
  private static final double CLOSE = 1e-12;
  private static final int MOST_ROUNDS = 100_000;

  private Lasso() {}

  /**
   * @param columns of X, each of mean 0; one of zeros gets the weight 0
   * @param y of mean 0
   */
  static double[] weights(double[][] columns, double[] y, double alpha) {
    double[] weights = new double[columns.length];
    double[] rest = y.clone();
    double[] squares = Arrays.stream(columns).mapToDouble(c -> product(c, c)).toArray();
    for (int round = 0; round < MOST_ROUNDS; round++) {
      double largestStep = 0;
      for (int j = 0; j < columns.length; j++) {
        double former = weights[j];
        weights[j] = best(columns[j], squares[j], rest, former, alpha * y.length);
        add(columns[j], former - weights[j], rest);
        largestStep = Math.max(largestStep, Math.abs(former - weights[j]));
      }
      if (largestStep < CLOSE) {
        break;
      }
    }
    return weights;
  }

  private static double best(
      double[] column, double squares, double[] rest, double former, double penalty) {
    if (squares == 0) {
      return 0;
    }
    double pull = product(column, rest) + former * squares;
    return Math.signum(pull) * Math.max(0, Math.abs(pull) - penalty) / squares;
  }

  private static void add(double[] column, double factor, double[] target) {
    if (factor != 0) {
      for (int i = 0; i < target.length; i++) {
        target[i] += factor * column[i];
      }
    }
  }

  private static double product(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
