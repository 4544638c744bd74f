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
   * @param first where the image begins
   * @param size how many values it has
   */
  double of(float[] x, float[] xHat, int first, int size);

  /** Cross-entropy with the pixel values as probabilities, as the tutorials have it. */
  record Bernoulli() implements PixelLoss {
    // A sigmoid in 32 bits is 1 from 17 on, where its logarithm is told no more. What the trained
    // model's own logits give there is at most this.
    private static final double SMALLEST = 0x1p-24;

    @Override
    public double of(float[] x, float[] xHat, int first, int size) {
      double sum = 0;
      for (int i = first; i < first + size; i++) {
        double on = Math.max(SMALLEST, xHat[i]);
        double off = Math.max(SMALLEST, 1.0 - xHat[i]);
        sum -= x[i] * Math.log(on) + (1 - x[i]) * Math.log(off);
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
    public double of(float[] x, float[] xHat, int first, int size) {
      double constant = Math.log(sigma) + 0.5 * Math.log(2 * Math.PI);
      return SQUARED_ERROR.of(x, xHat, first, size) / (2 * sigma * sigma) + size * constant;
    }
  }

  /**
   * A Laplace distribution around each value, its constant included.
   *
   * @param scale in units of pixel values, above 0
   */
  record Laplace(double scale) implements PixelLoss {
    @Override
    public double of(float[] x, float[] xHat, int first, int size) {
      double sum = 0;
      for (int i = first; i < first + size; i++) {
        sum += Math.abs((double) x[i] - xHat[i]);
      }
      return sum / scale + size * Math.log(2 * scale);
    }
  }

  /** Squared differences. */
  record SquaredError() implements PixelLoss {
    @Override
    public double of(float[] x, float[] xHat, int first, int size) {
      double sum = 0;
      for (int i = first; i < first + size; i++) {
        double difference = (double) x[i] - xHat[i];
        sum += difference * difference;
      }
      return sum;
    }
  }
}
