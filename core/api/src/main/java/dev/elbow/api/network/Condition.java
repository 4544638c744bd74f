package dev.elbow.api.network;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What networks are told of each example beside an image or a code. It is an input of the model in
 * training, of the exported files, and wherever these are used.
 */
public sealed interface Condition {
  /** The name of the input: {@code label}, {@code beta}. */
  String name();

  /** The shape of one example. */
  Shape shape();

  /**
   * One example to try a model with: numbers 0, 1, … go through all that there is, and begin anew
   * behind the last. A new array.
   */
  float[] example(int number);

  /**
   * The class of an image, as a 1 among zeros (Sohn et al. 2015, “Learning structured output
   * representation using deep conditional generative models”).
   *
   * @param classes how many there are, at least 1
   */
  record Label(int classes) implements Condition {
    public Label {
      if (classes < 1) {
        throw new IllegalArgumentException("classes must be at least 1, got " + classes);
      }
    }

    @Override
    public String name() {
      return "label";
    }

    @Override
    public Shape shape() {
      return Shape.of(classes);
    }

    @Override
    public float[] example(int number) {
      float[] values = new float[classes];
      values[number % classes] = 1;
      return values;
    }
  }

  /**
   * The weight of the KL term, so that one model is many: trained with weights drawn anew for each
   * example, their logarithms uniform over the range (Bae et al. 2023, “Multi-Rate VAE”).
   *
   * @param least above 0
   * @param most above {@code least}
   */
  record Beta(double least, double most) implements Condition {
    private static final int EXAMPLES = 9;

    public Beta {
      if (!(least > 0 && least < most && Float.isFinite((float) most))) {
        throw new IllegalArgumentException(
            "0 < least < most must hold, but got (least=%s, most=%s)".formatted(least, most));
      }
    }

    @Override
    public String name() {
      return "beta";
    }

    @Override
    public Shape shape() {
      return Shape.of();
    }

    @Override
    public float[] example(int number) {
      return new float[] {spaced(EXAMPLES).get(number % EXAMPLES).floatValue()};
    }

    /**
     * The weight with so much of the range, by logarithms, below it.
     *
     * @param share from 0 to 1
     */
    public double at(double share) {
      double weight = least * StrictMath.pow(most / least, share);
      // Rounding must not lead out of the range.
      return Math.min(most, Math.max(least, weight));
    }

    /**
     * Weights from one end to the other, evenly spaced by logarithms.
     *
     * @param count at least 2
     */
    public List<Double> spaced(int count) {
      return IntStream.range(0, count).mapToObj(i -> at((double) i / (count - 1))).toList();
    }

    /** The weight that makes the objective the negative ELBO, 1, or what comes nearest to it. */
    public double usual() {
      return Math.min(most, Math.max(least, 1));
    }
  }
}
