package dev.elbow.trainer.training;

import dev.elbow.api.DatasetChoice;
import dev.elbow.api.PluginChoice;
import dev.elbow.api.Training;
import dev.elbow.api.Trial;
import dev.elbow.api.TrialId;
import dev.elbow.api.Vae;
import dev.elbow.api.plugin.Options;
import dev.elbow.trainer.data.TrainingData;
import dev.elbow.trainer.onnx.Models;
import java.util.Map;

/** Small trials. */
public final class Tasks {
  private static final PluginChoice ANY = new PluginChoice("any", new Options(Map.of()));

  private Tasks() {}

  /** A trial whose plugins nobody asks for. */
  public static Trial trial(long seed, int latent, double validation, Map<String, ?> training) {
    return new Trial(
        new TrialId("sweep", 1),
        Map.of(),
        seed,
        new DatasetChoice(ANY, validation, "sha256-of-the-data"),
        ANY,
        ANY,
        ANY,
        latent,
        new Training(Options.check(Training.declared(), training).orThrow()));
  }

  /** A dense model of 16 hidden units and three latent dimensions. */
  public static TrainingTask dense(
      TrainingData data, long seed, double validation, Map<String, ?> training) {
    Vae vae = Models.dense(data.description().image(), 16, 3);
    return new TrainingTask(trial(seed, 3, validation, training), vae, data);
  }

  /** As {@link #dense} without a split, set against a second network. */
  public static TrainingTask adversarial(TrainingData data, long seed, Map<String, ?> training) {
    Vae vae = Models.adversarial(data.description().image(), 16, 3);
    return new TrainingTask(trial(seed, 3, 0, training), vae, data);
  }

  /** A model that is told the label of each image, of four classes, and many weights. */
  public static TrainingTask told(
      TrainingData data, long seed, double validation, Map<String, ?> training) {
    Vae vae = Models.told(data.description().image(), 3);
    return new TrainingTask(trial(seed, 3, validation, training), vae, data);
  }

  /** As {@link #dense} without a split, with batch norm and dropout. */
  public static TrainingTask normalised(TrainingData data, long seed, Map<String, ?> training) {
    Vae vae = Models.normalised(data.description().image(), 16, 3);
    return new TrainingTask(trial(seed, 3, 0, training), vae, data);
  }
}
