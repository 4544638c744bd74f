package dev.elbow.api;

/**
 * The data of a trial.
 *
 * @param choice the dataset plugin and its options
 * @param validation share of the training images that is set aside, from 0 to below 1; 0 for none
 * @param sha256 of the data, as {@link dev.elbow.api.plugin.Dataset#sha256} gives it; a worker
 *     whose copy differs declines
 */
public record DatasetChoice(PluginChoice choice, double validation, String sha256) {
  public DatasetChoice {
    if (!(validation >= 0 && validation < 1)) {
      throw new IllegalArgumentException("validation must be from 0 to below 1, got " + validation);
    }
  }
}
