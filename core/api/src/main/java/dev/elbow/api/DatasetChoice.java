package dev.elbow.api;

import java.util.List;

/**
 * The data of a trial.
 *
 * @param choice the dataset plugin and its options
 * @param validation share of the training images that is set aside, from 0 to below 1; 0 for none
 * @param sha256 of the data, as {@link dev.elbow.api.plugin.Dataset#sha256} gives it; a worker
 *     whose copy differs declines
 * @param without the labels of classes whose images are neither trained on nor count in losses;
 *     null, which records of earlier releases have, is none
 */
public record DatasetChoice(
    PluginChoice choice, double validation, String sha256, List<String> without) {
  public DatasetChoice {
    without = without == null ? List.of() : List.copyOf(without);
    if (!(validation >= 0 && validation < 1)) {
      throw new IllegalArgumentException("validation must be from 0 to below 1, got " + validation);
    }
  }

  /** With all classes. */
  public DatasetChoice(PluginChoice choice, double validation, String sha256) {
    this(choice, validation, sha256, List.of());
  }
}
