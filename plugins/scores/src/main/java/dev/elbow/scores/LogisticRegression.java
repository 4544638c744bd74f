package dev.elbow.scores;

import java.util.Arrays;

/**
 * Multinomial logistic regression with a penalty of ½ ‖weights‖², the intercepts free: what
 * scikit-learn's {@code LogisticRegression} minimises by default. Of two classes, the first has
 * weights 0. Found by Newton's method, whose steps conjugate gradients solve for.
 */
final class LogisticRegression {
  private static final int MOST_ROUNDS = 200;
  private static final double CLOSE = 1e-9;

  private final double[][] points;
  private final int[] classes;
  private final int count;
  private final int rows;
  private final int width;

  private LogisticRegression(double[][] points, int[] classes, int count) {
    this.points = points;
    this.classes = classes;
    this.count = count;
    this.rows = count == 2 ? 1 : count;
    this.width = points[0].length + 1;
  }

  /**
   * What was learnt.
   *
   * @param weights of each class but the first of two, the intercept last
   * @param count of classes
   */
  record Classifier(double[][] weights, int count) {
    /** The class of a point. */
    int classify(double[] point) {
      int best = 0;
      double most = count == 2 ? 0 : Double.NEGATIVE_INFINITY;
      for (int row = 0; row < weights.length; row++) {
        double logit = dot(weights[row], point);
        if (logit > most) {
          most = logit;
          best = count == 2 ? 1 : row;
        }
      }
      return best;
    }
  }

  /**
   * Learns which class a point is of.
   *
   * @param classes of the points, each from 0 to {@code count} − 1
   */
  static Classifier fit(double[][] points, int[] classes, int count) {
    LogisticRegression problem = new LogisticRegression(points, classes, count);
    return new Classifier(count > 1 ? problem.solve() : new double[0][0], count);
  }

  private static double dot(double[] weights, double[] point) {
    double sum = weights[point.length];
    for (int i = 0; i < point.length; i++) {
      sum += weights[i] * point[i];
    }
    return sum;
  }

  private double[][] solve() {
    double[][] weights = new double[rows][width];
    for (int round = 0; round < MOST_ROUNDS; round++) {
      double[][] shares = shares(weights);
      double[][] gradient = gradient(weights, shares);
      if (Math.sqrt(product(gradient, gradient)) < CLOSE * points.length) {
        break;
      }
      double[][] step = step(gradient, shares);
      weights = descended(weights, step, -product(gradient, step));
    }
    return weights;
  }

  /** The probability of each class but the first of two, for each point. */
  private double[][] shares(double[][] weights) {
    double[][] shares = new double[points.length][];
    Arrays.setAll(shares, i -> shares(logits(weights, points[i])));
    return shares;
  }

  private double[] logits(double[][] weights, double[] point) {
    double[] logits = new double[rows];
    Arrays.setAll(logits, row -> dot(weights[row], point));
    return logits;
  }

  private double[] shares(double[] logits) {
    double all = logSum(logits);
    return Arrays.stream(logits).map(logit -> Math.exp(logit - all)).toArray();
  }

  private double logSum(double[] logits) {
    double most = Arrays.stream(logits).max().orElseThrow();
    most = count == 2 ? Math.max(0, most) : most;
    double sum = count == 2 ? Math.exp(-most) : 0;
    for (double logit : logits) {
      sum += Math.exp(logit - most);
    }
    return most + Math.log(sum);
  }

  private double loss(double[][] weights) {
    double loss = 0;
    for (double[] row : weights) {
      for (int j = 0; j < width - 1; j++) {
        loss += 0.5 * row[j] * row[j];
      }
    }
    for (int i = 0; i < points.length; i++) {
      double[] logits = logits(weights, points[i]);
      int row = row(classes[i]);
      loss += logSum(logits) - (row < 0 ? 0 : logits[row]);
    }
    return loss;
  }

  private int row(int ofClass) {
    return count == 2 ? ofClass - 1 : ofClass;
  }

  private double[][] gradient(double[][] weights, double[][] shares) {
    double[][] gradient = penalty(weights);
    for (int i = 0; i < points.length; i++) {
      for (int row = 0; row < rows; row++) {
        double error = shares[i][row] - (row == row(classes[i]) ? 1 : 0);
        add(gradient[row], error, points[i]);
      }
    }
    return gradient;
  }

  /** The penalty's part of gradient and curvature: all weights but the intercepts. */
  private double[][] penalty(double[][] weights) {
    double[][] part = copy(weights);
    for (double[] row : part) {
      row[width - 1] = 0;
    }
    return part;
  }

  private static void add(double[] row, double factor, double[] point) {
    for (int j = 0; j < point.length; j++) {
      row[j] += factor * point[j];
    }
    row[point.length] += factor;
  }

  private double[][] curvature(double[][] direction, double[][] shares) {
    double[][] result = penalty(direction);
    for (int i = 0; i < points.length; i++) {
      double[] moves = logits(direction, points[i]);
      double mean = 0;
      for (int row = 0; row < rows; row++) {
        mean += shares[i][row] * moves[row];
      }
      for (int row = 0; row < rows; row++) {
        add(result[row], shares[i][row] * (moves[row] - mean), points[i]);
      }
    }
    return result;
  }

  /** Where gradient and curvature point to, by conjugate gradients. */
  private double[][] step(double[][] gradient, double[][] shares) {
    double[][] step = new double[rows][width];
    double[][] rest = plus(step, -1, gradient);
    double[][] direction = copy(rest);
    double left = product(rest, rest);
    double enough = left * Math.min(0.01, Math.sqrt(left) / points.length);
    for (int round = 0; round < rows * width && left > enough; round++) {
      double[][] bent = curvature(direction, shares);
      double along = left / product(direction, bent);
      step = plus(step, along, direction);
      rest = plus(rest, -along, bent);
      double now = product(rest, rest);
      direction = plus(rest, now / left, direction);
      left = now;
    }
    return step;
  }

  private double[][] descended(double[][] weights, double[][] step, double slope) {
    double before = loss(weights);
    double length = 1;
    double[][] next = plus(weights, length, step);
    // Near the end rounding hides what a step gains, and whole steps are right there.
    while (loss(next) > before - 1e-4 * length * slope + 1e-9 * before && length > 1e-6) {
      length /= 2;
      next = plus(weights, length, step);
    }
    return next;
  }

  private static double[][] copy(double[][] rows) {
    return Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
  }

  private static double[][] plus(double[][] a, double factor, double[][] b) {
    double[][] sum = copy(a);
    for (int row = 0; row < sum.length; row++) {
      for (int j = 0; j < sum[row].length; j++) {
        sum[row][j] += factor * b[row][j];
      }
    }
    return sum;
  }

  private static double product(double[][] a, double[][] b) {
    double sum = 0;
    for (int row = 0; row < a.length; row++) {
      for (int j = 0; j < a[row].length; j++) {
        sum += a[row][j] * b[row][j];
      }
    }
    return sum;
  }
}
