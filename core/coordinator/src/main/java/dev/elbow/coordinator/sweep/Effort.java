package dev.elbow.coordinator.sweep;

import dev.elbow.api.Training;
import dev.elbow.api.data.DatasetDescription;

/** How much a trial trains. */
final class Effort {
  private Effort() {}

  /** How many images a trial trains on, each counted as often as it comes up. */
  static long images(Training training, DatasetDescription data, double validation) {
    long epoch = Math.round(data.trainImages() * (1 - validation));
    return training.steps() > 0
        ? training.steps() * Math.min(training.batchSize(), epoch)
        : training.epochs() * epoch;
  }
}
