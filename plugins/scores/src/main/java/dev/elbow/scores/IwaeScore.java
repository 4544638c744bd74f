package dev.elbow.scores;

import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.Options;
import dev.elbow.api.plugin.Score;
import dev.elbow.api.score.Codes;
import dev.elbow.api.score.ScoreSubject;
import dev.elbow.api.score.ScoredModel;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The log-likelihood of images in nats, bounded from below by importance sampling (Burda, Grosse
 * and Salakhutdinov 2016, equation 8): the mean over images of log 1/k Σ p(x | zᵢ) p(zᵢ) / q(zᵢ |
 * x), with k codes from each posterior. It rises with k, to log p(x) in the limit.
 *
 * <p>p(x | z) is computed from the mean image, as exported decoders give no logits: a pixel of
 * Bernoulli likelihood costs at most 16.6 nats, −log 2⁻²⁴, which a mean in 32 bits cannot exceed on
 * the side of 1.
 */
public final class IwaeScore implements Score {
  private static final long SEED = 2016;
  private static final int PIECE = 4096;
  private static final List<Option> OPTIONS =
      List.of(Option.whole("samples", 1, 10_000_000, 5000, "How many codes of each image, k."));

  @Override
  public String name() {
    return "iwae";
  }

  @Override
  public String description() {
    return "The log-likelihood of images, bounded by k importance samples of each (Burda 2016), from mean"
        + " images: exported decoders give no logits.";
  }

  @Override
  public List<Option> options() {
    return OPTIONS;
  }

  @Override
  public List<String> columns() {
    return List.of("iwae_log_likelihood");
  }

  @Override
  public int usualImages() {
    return 1000;
  }

  @Override
  public Optional<String> problem(ScoreSubject subject, Options options) {
    return Likelihoods.densityProblem(subject);
  }

  @Override
  public Map<String, Double> compute(ScoredModel model, Options options) {
    int[] images = model.numbers();
    double sum = 0;
    for (int i = 0; i < images.length; i++) {
      model.reaches((double) i / images.length);
      sum += bound(model, images[i], i, options.count("samples"));
    }
    return Map.of("iwae_log_likelihood", sum / images.length);
  }

  private static double bound(ScoredModel model, int image, int place, int samples) {
    // Keyed by the image, so that its bound does not depend on those beside it.
    SplittableRandom random = new SplittableRandom(SEED + 1_000_003L * image);
    double[] weights = new double[samples];
    for (int first = 0; first < samples; first += PIECE) {
      int count = Math.min(PIECE, samples - first);
      weigh(model, image, new Posterior(model.codes(), place), random, weights, first, count);
    }
    return logMeanExp(weights);
  }

  private static void weigh(
      ScoredModel model,
      int image,
      Posterior posterior,
      SplittableRandom random,
      double[] weights,
      int first,
      int count) {
    float[] z = new float[count * posterior.latent()];
    for (int i = 0; i < count; i++) {
      weights[first + i] = posterior.draw(random, z, i * posterior.latent());
    }
    int[] same = new int[count];
    Arrays.fill(same, image);
    double[] densities = model.logLikelihoods(same, z);
    for (int i = 0; i < count; i++) {
      weights[first + i] += densities[i];
    }
  }

  private static double logMeanExp(double[] logs) {
    double most = Arrays.stream(logs).max().orElseThrow();
    double sum = Arrays.stream(logs).map(log -> Math.exp(log - most)).sum();
    return most + Math.log(sum / logs.length);
  }

  /** q(z | x) of one image. */
  private record Posterior(Codes codes, int place) {
    int latent() {
      return codes.latent();
    }

    /** Draws a code, and gives log p(z) − log q(z | x) of what stands in {@code z}. */
    double draw(SplittableRandom random, float[] z, int at) {
      double ratio = 0;
      for (int j = 0; j < latent(); j++) {
        double mean = codes.mu()[place * latent() + j];
        double logvar = codes.logvar()[place * latent() + j];
        double deviation = Math.exp(0.5 * logvar);
        z[at + j] = (float) (mean + deviation * random.nextGaussian());
        // Of the code as the decoder sees it, rounded to 32 bits.
        double distance = (z[at + j] - mean) / deviation;
        ratio += 0.5 * (distance * distance + logvar - (double) z[at + j] * z[at + j]);
      }
      return ratio;
    }
  }
}
