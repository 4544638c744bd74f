package dev.elbow.inference;

import java.util.Map;
import java.util.Optional;

/**
 * How far an image is from its reconstruction: the negative logarithm of a likelihood, or a plain
 * distance. Immutable and thread-safe.
 */
public sealed interface PixelLoss {
  /** The sum of squared differences over all values of an image; no likelihood. */
  PixelLoss SQUARED_ERROR = new SquaredError();

  /**
   * The likelihood that a model was trained with, in nats.
   *
   * @param metadata of an exported file, as {@link VaeModel#metadata} has it
   * @return empty if it says none, or one that cannot be computed from the mean image alone
   */
  static Optional<PixelLoss> ofLikelihood(Map<String, String> metadata) {
    return switch (metadata.getOrDefault("likelihood", "")) {
      case "bernoulli" -> Optional.of(new Bernoulli());
      case "gaussian" -> sigma(metadata).map(Gaussian::new);
      case "laplace" -> sigma(metadata).map(Laplace::new);
      case "continuous-bernoulli" -> Optional.of(new ContinuousBernoulli());
      default -> Optional.empty();
    };
  }

  private static Optional<Double> sigma(Map<String, String> metadata) {
    try {
      double sigma = Double.parseDouble(metadata.getOrDefault("objective.sigma", "0"));
      return sigma > 0 ? Optional.of(sigma) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /**
   * The loss of one of several images, summed over its values.
   *
   * @param x images, one after the other
   * @param xHat what was made of them, likewise
   * @param first where the image begins, in both
   * @param size how many values it has
   */
  default double of(float[] x, float[] xHat, int first, int size) {
    return of(x, first, xHat, first, size);
  }

  /**
   * The loss of an image with one of several reconstructions, summed over its values.
   *
   * @param xFirst where the image begins in {@code x}
   * @param first where the reconstruction begins in {@code xHat}
   * @param size how many values each has
   */
  double of(float[] x, int xFirst, float[] xHat, int first, int size);

  /** Cross-entropy with the pixel values as probabilities, as the tutorials have it. */
  record Bernoulli() implements PixelLoss {
    // A sigmoid in 32 bits is 1 from 17 on, where its logarithm is told no more. What the trained
    // model's own logits give there is at most this.
    private static final double SMALLEST = 0x1p-24;

    /** So many of the smallest factors have a product that a double can hold. */
    private static final int FACTORS = 32;

    @Override
    public double of(float[] x, int xFirst, float[] xHat, int first, int size) {
      if (isOfBits(x, xFirst, size)) {
        return ofBits(x, xFirst, xHat, first, size);
      }
      double sum = 0;
      for (int i = 0; i < size; i++) {
        double on = Math.max(SMALLEST, xHat[first + i]);
        double off = Math.max(SMALLEST, 1.0 - xHat[first + i]);
        double pixel = x[xFirst + i];
        sum -= pixel * Math.log(on) + (1 - pixel) * Math.log(off);
      }
      return sum;
    }

    private static boolean isOfBits(float[] x, int first, int size) {
      for (int i = first; i < first + size; i++) {
        if (x[i] != 0 && x[i] != 1) {
          return false;
        }
      }
      return true;
    }

    // One logarithm for many pixels, which takes most of the time otherwise.
    private static double ofBits(float[] x, int xFirst, float[] xHat, int first, int size) {
      double sum = 0;
      for (int from = 0; from < size; from += FACTORS) {
        double product = 1;
        for (int i = from; i < Math.min(size, from + FACTORS); i++) {
          double on = xHat[first + i];
          product *= Math.max(SMALLEST, x[xFirst + i] == 1 ? on : 1 - on);
        }
        sum -= Math.log(product);
      }
      return sum;
    }
  }

  /**
   * A normal distribution around each value, its constant included.
   *
   * @param sigma standard deviation in units of pixel values, above 0
   */
  record Gaussian(double sigma) implements PixelLoss {
    @Override
    public double of(float[] x, int xFirst, float[] xHat, int first, int size) {
      double constant = Math.log(sigma) + 0.5 * Math.log(2 * Math.PI);
      return SQUARED_ERROR.of(x, xFirst, xHat, first, size) / (2 * sigma * sigma) + size * constant;
    }
  }

  /**
   * A Laplace distribution around each value, its constant included.
   *
   * @param scale in units of pixel values, above 0
   */
  record Laplace(double scale) implements PixelLoss {
    @Override
    public double of(float[] x, int xFirst, float[] xHat, int first, int size) {
      double sum = 0;
      for (int i = 0; i < size; i++) {
        sum += Math.abs((double) x[xFirst + i] - xHat[first + i]);
      }
      return sum / scale + size * Math.log(2 * scale);
    }
  }

  /**
   * A density on [0, 1] with a mean of its own (Loaiza-Ganem and Cunningham 2019). With u half its
   * logit, −log p = log(sinh(u) / u) − (2x − 1)·u, and the mean, which is what a model gives, is ½
   * + ½ (coth(u) − 1 / u).
   */
  record ContinuousBernoulli() implements PixelLoss {
    // Beside 1 a float has no nearer neighbour, and the next step would be an infinite logit.
    private static final double NEAREST = 0x1p-24;

    @Override
    public double of(float[] x, int xFirst, float[] xHat, int first, int size) {
      double sum = 0;
      for (int i = 0; i < size; i++) {
        double u = halfLogit(2.0 * xHat[first + i] - 1);
        sum += logSinhc(u) - (2.0 * x[xFirst + i] - 1) * u;
      }
      return sum;
    }

    /** Where coth(u) − 1 / u is {@code mean}, by Newton's method. */
    private static double halfLogit(double mean) {
      double y = Math.max(NEAREST - 1, Math.min(1 - NEAREST, mean));
      double u = y * (3 - y * y) / (1 - y * y);
      for (int step = 0; step < 8; step++) {
        double change = (langevin(u) - y) / slope(u);
        u -= change;
        if (Math.abs(change) <= 1e-12 * Math.abs(u)) {
          break;
        }
      }
      return u;
    }

    private static double langevin(double u) {
      double square = u * u;
      return square < 1e-3
          ? u * (1 / 3.0 - square * (1 / 45.0 - square * 2 / 945))
          : 1 / Math.tanh(u) - 1 / u;
    }

    private static double slope(double u) {
      double square = u * u;
      double sinh = Math.sinh(Math.min(300, Math.abs(u)));
      return square < 1e-3
          ? 1 / 3.0 - square * (1 / 15.0 - square * 2 / 189)
          : 1 / square - 1 / (sinh * sinh);
    }

    private static double logSinhc(double u) {
      double size = Math.abs(u);
      return size < 1e-2
          ? u * u / 6 - u * u * u * u / 180
          : size + Math.log1p(-Math.exp(-2 * size)) - Math.log(2 * size);
    }
  }

  /** Squared differences. */
  record SquaredError() implements PixelLoss {
    @Override
    public double of(float[] x, int xFirst, float[] xHat, int first, int size) {
      double sum = 0;
      for (int i = 0; i < size; i++) {
        double difference = (double) x[xFirst + i] - xHat[first + i];
        sum += difference * difference;
      }
      return sum;
    }
  }
}
