package dev.elbow.api;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * What is known of a trial after an epoch, or after {@code evaluateEvery} steps.
 *
 * @param epoch passes over the training images so far, a begun one counted, from 1
 * @param step optimizer steps so far
 * @param trainObjective mean of what was minimised since the last evaluation
 * @param train mean losses of the training batches since the last evaluation, as they were when
 *     trained on
 * @param validation on the images set aside; empty without a split
 * @param test on the test images
 * @param klPerDimension of the test images, in nats, one for each latent dimension
 * @param muVariances over the test images of each dimension's posterior mean
 * @param seconds of training and evaluation since the last evaluation
 * @param imagesPerSecond training images over the time in training steps
 */
public record Evaluation(
    int epoch,
    long step,
    double trainObjective,
    Losses train,
    Optional<Losses> validation,
    Losses test,
    List<Double> klPerDimension,
    List<Double> muVariances,
    double seconds,
    double imagesPerSecond) {
  /**
   * Variance of the posterior mean above which a dimension counts as active (Burda et al. 2016,
   * section 5.2).
   */
  public static final double ACTIVE_VARIANCE = 0.01;

  public Evaluation {
    requireNonNull(train, "train is null");
    requireNonNull(validation, "validation is null");
    requireNonNull(test, "test is null");
    klPerDimension = Doubles.copyOf(klPerDimension);
    muVariances = Doubles.copyOf(muVariances);
  }

  /** How many latent dimensions tell images apart. */
  public int activeUnits() {
    return (int) muVariances.stream().filter(variance -> variance > ACTIVE_VARIANCE).count();
  }
}
