package dev.elbow.trainer.training;

import dev.elbow.api.Losses;
import dev.elbow.api.Vae;
import dev.elbow.api.network.Condition;
import dev.elbow.trainer.engine.Batch;
import dev.elbow.trainer.engine.EvaluationSums;
import dev.elbow.trainer.engine.Session;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleFunction;

/** Measures a model on images that it was not trained on, one code for each image. */
final class Evaluator {
  private static final int LARGEST_BATCH = 1024;

  /**
   * In 16 MiB: what is larger lies far from the processor, and allocators give it back each time.
   */
  private static final long MOST_VALUES = 1 << 22;

  private final TrainingTask task;
  private final Session session;
  private final Told told;
  private final int batch;

  Evaluator(TrainingTask task, Session session) {
    this.task = task;
    this.session = session;
    this.told = new Told(task.vae(), task.data());
    this.batch = batch(task.vae());
  }

  /**
   * How many images are measured at once. It depends on the model alone, because a matrix product
   * may round differently for another number of rows.
   */
  static int batch(Vae vae) {
    long largest =
        vae.training().order().stream().mapToLong(value -> value.shape().size()).max().orElse(1);
    return (int) Math.max(1, Math.min(LARGEST_BATCH, MOST_VALUES / largest));
  }

  /**
   * Means over some images.
   *
   * @param muVariances of each dimension's posterior mean, over the images
   */
  record Measured(Losses losses, List<Double> klPerDimension, List<Double> muVariances) {}

  /**
   * The figures for {@code images}, where there are many weights of the KL term at the usual one;
   * empty if {@code stop} became true before the end.
   */
  Optional<Measured> measure(int[] images, BooleanSupplier stop) {
    return measure(images, Condition.Beta::usual, stop);
  }

  /**
   * The same at another weight of the KL term.
   *
   * @param weight of a model for many
   */
  Optional<Measured> measure(
      int[] images, ToDoubleFunction<Condition.Beta> weight, BooleanSupplier stop) {
    Sums sums = new Sums(task.vae().latent());
    for (int from = 0; from < images.length; from += batch) {
      if (stop.getAsBoolean()) {
        return Optional.empty();
      }
      int end = Math.min(images.length, from + batch);
      sums.add(evaluate(Arrays.copyOfRange(images, from, end), weight));
    }
    return Optional.of(sums.means(images.length));
  }

  private EvaluationSums evaluate(int[] images, ToDoubleFunction<Condition.Beta> weight) {
    float[] noise = task.data().evaluationNoise(images, task.vae().latent());
    float[] conditions = told.of(images, weight);
    return session.evaluate(new Batch(task.data().evaluated(), images, noise, conditions));
  }

  private static final class Sums {
    private double reconstruction;
    private double kl;
    private final double[] klPerDimension;
    private final double[] mu;
    private final double[] muSquares;

    Sums(int latent) {
      klPerDimension = new double[latent];
      mu = new double[latent];
      muSquares = new double[latent];
    }

    void add(EvaluationSums batch) {
      reconstruction += batch.reconstruction();
      kl += batch.kl();
      for (int i = 0; i < mu.length; i++) {
        klPerDimension[i] += batch.klPerDimension()[i];
        mu[i] += batch.mu()[i];
        muSquares[i] += batch.muSquares()[i];
      }
    }

    Measured means(int images) {
      double[] variances = new double[mu.length];
      for (int i = 0; i < mu.length; i++) {
        double mean = mu[i] / images;
        // Rounding may leave a constant mean with a variance just below 0.
        variances[i] = Math.max(0, muSquares[i] / images - mean * mean);
      }
      return new Measured(
          new Losses(reconstruction / images, kl / images),
          Arrays.stream(klPerDimension).map(sum -> sum / images).boxed().toList(),
          Arrays.stream(variances).boxed().toList());
    }
  }
}
