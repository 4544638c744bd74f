package dev.elbow.trainer.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.Losses;
import dev.elbow.api.Vae;
import dev.elbow.api.data.PixelFormat;
import dev.elbow.api.data.Targets;
import dev.elbow.api.network.Likelihood;
import dev.elbow.inference.Reconstruction;
import dev.elbow.inference.VaeModel;
import dev.elbow.trainer.data.ScoredData;
import dev.elbow.trainer.data.TrainingData;
import dev.elbow.trainer.engine.Engine;
import dev.elbow.trainer.engine.GeneratedImages;
import dev.elbow.trainer.libtorch.LibtorchEngine;
import dev.elbow.trainer.onnx.Models;
import dev.elbow.trainer.onnx.OnnxExporter;
import dev.elbow.trainer.onnx.OnnxModel;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rate and distortion that a trial tells are those of its exported files in ONNX Runtime. */
class RateDistortionIT {
  private static final double SIGMA = 0.3;

  private static Engine engine;

  @TempDir private Path folder;

  @BeforeAll
  static void load() {
    engine = LibtorchEngine.load(Optional.empty());
  }

  @ParameterizedTest
  @CsvSource({
    "false, bernoulli, GREY",
    "false, bernoulli, DYNAMIC",
    "false, gaussian, GREY",
    "true, bernoulli, GREY",
    "true, gaussian, GREY"
  })
  void theyAreTheSameWithinAThousandthOfANat(boolean conv, String likelihood, Targets targets)
      throws Exception {
    GeneratedImages images = new GeneratedImages(8, 200, 50, PixelFormat.UINT8, targets);
    Likelihood meant =
        likelihood.equals("gaussian") ? Likelihood.gaussian(SIGMA) : Likelihood.bernoulli();
    try (TrainingData data = TrainingData.of(images, "sha256-of-the-data", engine)) {
      Vae vae = Models.of(conv, meant, images.description().image(), 3);
      Map<String, Object> options = Map.of("epochs", 40, "batchSize", 16, "learningRate", 0.01);
      TrainingTask task = new TrainingTask(Tasks.trial(1, 3, 0, options), vae, data);
      Losses told = trained(task);
      Losses found = recomputed(data, ScoredData.of(images, "sha256-of-the-data"), likelihood);
      assertEquals(found.reconstruction(), told.reconstruction(), 1e-3);
      assertEquals(found.kl(), told.kl(), 1e-3);
      assertTrue(told.kl() > 0.1, () -> "a code that tells nothing tests nothing: " + told);
    }
  }

  private Losses trained(TrainingTask task) throws Exception {
    try (TrialTrainer trainer = TrialTrainer.begin(engine, task, TrialTrainer.STEPS_PER_CALL)) {
      assertTrue(trainer.train(() -> false, new Unheard()));
      for (OnnxModel model :
          new OnnxExporter(task.vae(), trainer.parameters(), Map.of()).models()) {
        try (OutputStream out = Files.newOutputStream(folder.resolve(model.file()))) {
          model.writeTo(out);
        }
      }
      return trainer.evaluations().get(trainer.evaluations().size() - 1).test();
    }
  }

  private static final class Unheard implements TrainingObserver {
    @Override
    public void trained(Progress progress) {}

    @Override
    public void evaluating() {}

    @Override
    public void evaluated(dev.elbow.api.Evaluation evaluation) {}

    @Override
    public void epochEnded() {}
  }

  /** By the formulas of Kingma and Welling 2014, in double, from what the files give. */
  private Losses recomputed(TrainingData data, ScoredData plain, String likelihood)
      throws Exception {
    int[] test = plain.images().test();
    float[] x = plain.pixels(test);
    try (VaeModel model = VaeModel.load(folder)) {
      Reconstruction all = model.reconstruct(x, data.evaluationNoise(test, model.latent()));
      double distortion = 0;
      for (int i = 0; i < x.length; i++) {
        distortion += loss(likelihood, x[i], all.xHat()[i]);
      }
      double rate = 0;
      for (int j = 0; j < all.mu().length; j++) {
        double mu = all.mu()[j];
        double logvar = all.logvar()[j];
        rate -= 0.5 * (1 + logvar - mu * mu - Math.exp(logvar));
      }
      return new Losses(distortion / test.length, rate / test.length);
    }
  }

  private static double loss(String likelihood, double x, double mean) {
    if (likelihood.equals("gaussian")) {
      double error = (x - mean) / SIGMA;
      return 0.5 * error * error + Math.log(SIGMA * Math.sqrt(2 * Math.PI));
    }
    return -(x * Math.log(mean) + (1 - x) * Math.log(1 - mean));
  }
}
