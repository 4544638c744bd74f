package dev.elbow.trainer.training;

import dev.elbow.api.Losses;
import dev.elbow.trainer.engine.StepSums;

/**
 * Sums over the training images since the last evaluation.
 *
 * @param images how many there were
 * @param objective of what is minimised
 * @param reconstruction in nats
 * @param kl in nats
 * @param trainingSeconds in training steps
 * @param evaluationSeconds in an evaluation
 */
public record Totals(
    long images,
    double objective,
    double reconstruction,
    double kl,
    double trainingSeconds,
    double evaluationSeconds) {
  /** Nothing yet. */
  public static final Totals NONE = new Totals(0, 0, 0, 0, 0, 0);

  // Step by step, so that the sums do not depend on how many steps a call made.
  Totals plus(StepSums sums, long addedImages, double seconds) {
    double newObjective = objective;
    double newReconstruction = reconstruction;
    double newKl = kl;
    for (int i = 0; i < sums.count(); i++) {
      newObjective += sums.objective()[i];
      newReconstruction += sums.reconstruction()[i];
      newKl += sums.kl()[i];
    }
    return new Totals(
        images + addedImages,
        newObjective,
        newReconstruction,
        newKl,
        trainingSeconds + seconds,
        evaluationSeconds);
  }

  Totals withEvaluationSeconds(double seconds) {
    return new Totals(images, objective, reconstruction, kl, trainingSeconds, seconds);
  }

  double meanObjective() {
    return objective / images;
  }

  Losses losses() {
    return new Losses(reconstruction / images, kl / images);
  }

  double seconds() {
    return trainingSeconds + evaluationSeconds;
  }

  double imagesPerSecond() {
    return images / trainingSeconds;
  }
}
