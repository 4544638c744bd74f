package dev.elbow.trainer.training;

import static java.util.Objects.requireNonNull;

import dev.elbow.api.Trial;
import dev.elbow.api.Vae;
import dev.elbow.api.network.Condition;
import dev.elbow.trainer.data.Split;
import dev.elbow.trainer.data.TrainingData;
import dev.elbow.trainer.engine.ConditionValues;

/**
 * A trial together with what it names.
 *
 * @param vae its description
 * @param data its dataset
 */
public record TrainingTask(Trial trial, Vae vae, TrainingData data) {
  public TrainingTask {
    requireNonNull(trial, "trial is null");
    requireNonNull(vae, "vae is null");
    requireNonNull(data, "data is null");
  }

  /** Whether the model is told the class of each image. */
  public boolean readsLabels() {
    return ConditionValues.conditions(vae).stream().anyMatch(Condition.Label.class::isInstance);
  }

  Split split() {
    return data.split(trial.dataset());
  }
}
