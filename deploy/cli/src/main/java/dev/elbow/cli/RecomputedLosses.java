package dev.elbow.cli;

import dev.elbow.api.DatasetChoice;
import dev.elbow.api.data.DataFolder;
import dev.elbow.api.data.DatasetException;
import dev.elbow.api.score.ScoredPart;
import dev.elbow.catalog.Catalog;
import dev.elbow.catalog.Kind;
import dev.elbow.inference.Encoding;
import dev.elbow.inference.PixelLoss;
import dev.elbow.inference.VaeModel;
import dev.elbow.trainer.data.ScoredData;
import dev.elbow.trainer.onnx.LogitModels;
import dev.elbow.trainer.random.StreamKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Losses of trained models computed anew from their exported files: ONNX Runtime instead of the
 * engine, sums in double precision. What is drawn, codes and dynamic pixels, is drawn from the same
 * streams as in an evaluation, so that the figures can be compared to more digits than their luck
 * has. The data of the last model stay in memory for the next.
 */
final class RecomputedLosses {
  private static final int BLOCK = 256;

  // More of them would change the figures less than another seed does.
  private static final int MOST_OF_TRAINING = 10_000;

  private final Catalog catalog;
  private final DataFolder data;
  private DatasetChoice loaded;
  private ScoredData images;

  RecomputedLosses(Catalog catalog, DataFolder data) {
    this.catalog = catalog;
    this.data = data;
  }

  /**
   * {@code onnx_test_reconstruction}, {@code onnx_test_kl} and {@code
   * onnx_test_reconstruction_of_mean}, in nats per image, or the same of training images.
   *
   * @param folder of the trial
   * @param choice the data it was trained on
   * @throws IOException if its files cannot be read, or its likelihood is not told by a mean image
   * @throws DatasetException if the data cannot be read
   */
  Map<String, Double> figures(Path folder, DatasetChoice choice, ScoredPart part)
      throws IOException, DatasetException {
    load(choice);
    Path logits = Files.createTempDirectory("elbow-logits");
    try {
      boolean bernoulli = isBernoulli(folder);
      if (bernoulli) {
        LogitModels.write(folder, logits);
      }
      return figures(bernoulli ? logits : folder, choice, part, bernoulli);
    } finally {
      for (String file : List.of("encoder.onnx", "decoder.onnx", "vae.onnx")) {
        Files.deleteIfExists(logits.resolve(file));
      }
      Files.delete(logits);
    }
  }

  private static boolean isBernoulli(Path folder) throws IOException {
    try (VaeModel model = VaeModel.load(folder)) {
      return "bernoulli".equals(model.metadata().get("likelihood"));
    }
  }

  private Map<String, Double> figures(
      Path folder, DatasetChoice choice, ScoredPart part, boolean areLogits) throws IOException {
    try (VaeModel model = VaeModel.load(folder, Runtime.getRuntime().availableProcessors())) {
      Sums sums = new Sums(model, areLogits ? RecomputedLosses::ofLogits : loss(model));
      int most = part == ScoredPart.TEST ? Integer.MAX_VALUE : MOST_OF_TRAINING;
      int[] numbers = images.numbers(part, choice, most);
      for (int first = 0; first < numbers.length; first += BLOCK) {
        int last = Math.min(numbers.length, first + BLOCK);
        sums.add(Arrays.copyOfRange(numbers, first, last), choice.sha256());
      }
      return sums.means(numbers.length, "onnx_" + part.name().toLowerCase(Locale.ROOT) + "_");
    }
  }

  private static ImageLoss loss(VaeModel model) throws IOException {
    return PixelLoss.ofLikelihood(model.metadata())
        .<ImageLoss>map(loss -> loss::of)
        .orElseThrow(() -> new IOException("the likelihood is not told by a mean image"));
  }

  /** What one of several images loses: see {@link PixelLoss#of}. */
  private interface ImageLoss {
    double of(float[] x, float[] xHat, int first, int size);
  }

  /** The cross-entropy of pixels with the probabilities that logits stand for. */
  private static double ofLogits(float[] x, float[] logits, int first, int size) {
    double sum = 0;
    for (int i = first; i < first + size; i++) {
      double logit = logits[i];
      sum += Math.max(logit, 0) - logit * x[i] + Math.log1p(Math.exp(-Math.abs(logit)));
    }
    return sum;
  }

  private void load(DatasetChoice choice) throws DatasetException {
    if (!choice.equals(loaded)) {
      images =
          ScoredData.of(
              catalog
                  .find(Kind.DATASET, choice.choice().plugin())
                  .orElseThrow()
                  .load(choice.choice().options(), data),
              choice.sha256());
      loaded = choice;
    }
  }

  private final class Sums {
    private final VaeModel model;
    private final ImageLoss loss;
    private double reconstruction;
    private double ofMean;
    private double kl;

    Sums(VaeModel model, ImageLoss loss) {
      this.model = model;
      this.loss = loss;
    }

    void add(int[] numbers, String sha256) {
      float[] x = images.pixels(numbers);
      float[] eps = noise(numbers, sha256);
      VaeModel told = images.told(model, numbers);
      Encoding posterior = told.encode(x);
      for (double each : posterior.kl(model.latent())) {
        kl += each;
      }
      reconstruction += losses(x, told.reconstruct(x, eps).xHat());
      ofMean += losses(x, told.decode(posterior.mu()));
    }

    private float[] noise(int[] numbers, String sha256) {
      StreamKey.Numbered streams = StreamKey.ofData(sha256, "noise").numbered();
      int latent = model.latent();
      float[] noise = new float[numbers.length * latent];
      for (int i = 0; i < numbers.length; i++) {
        float[] ofImage = streams.stream(numbers[i]).gaussians(latent);
        System.arraycopy(ofImage, 0, noise, i * latent, latent);
      }
      return noise;
    }

    private double losses(float[] x, float[] xHat) {
      double sum = 0;
      for (int first = 0; first < x.length; first += model.imageSize()) {
        sum += loss.of(x, xHat, first, model.imageSize());
      }
      return sum;
    }

    Map<String, Double> means(int count, String prefix) {
      Map<String, Double> means = new LinkedHashMap<>();
      means.put(prefix + "reconstruction", reconstruction / count);
      means.put(prefix + "kl", kl / count);
      means.put(prefix + "reconstruction_of_mean", ofMean / count);
      return means;
    }
  }
}
