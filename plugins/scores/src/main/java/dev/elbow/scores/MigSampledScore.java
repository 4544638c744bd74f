package dev.elbow.scores;

import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.Options;
import dev.elbow.api.score.Codes;
import dev.elbow.api.score.ScoredModel;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The mutual information gap as Chen et al. 2018 define it (section 4.1): the mean over the factors
 * of the difference between the two dimensions of the code that tell most about it, over its
 * entropy. What a dimension tells is H(z) − H(z | factor), where both are estimated with codes
 * drawn from the posteriors and their density in the mixture of all posteriors (appendix B). {@link
 * MigScore} counts means in bins instead.
 */
public final class MigSampledScore implements FactorScore {
  private static final long SEED = 2018;
  private static final double LOG_ROOT_2_PI = 0.5 * Math.log(2 * Math.PI);
  private static final List<Option> OPTIONS =
      List.of(
          Option.whole(
              "samples",
              1,
              1_000_000,
              1000,
              "How many codes an entropy is estimated with, at most."));

  @Override
  public String name() {
    return "mig-sampled";
  }

  @Override
  public String description() {
    return "The mutual information gap of Chen 2018, with codes drawn from the posteriors.";
  }

  @Override
  public List<Option> options() {
    return OPTIONS;
  }

  @Override
  public List<String> columns() {
    return List.of("mig_sampled");
  }

  @Override
  public Map<String, Double> compute(ScoredModel model, Options options) {
    Codes codes = model.codes();
    double[][] z = new double[codes.latent()][codes.count()];
    SplittableRandom random = new SplittableRandom(SEED);
    for (int image = 0; image < codes.count(); image++) {
      for (int j = 0; j < z.length; j++) {
        int at = image * z.length + j;
        z[j][image] = codes.mu()[at] + Math.exp(0.5 * codes.logvar()[at]) * random.nextGaussian();
      }
    }
    Factors factors = Factors.of(model);
    Estimate estimate = new Estimate(codes, z, options.count("samples"));
    return Map.of("mig_sampled", estimate.gap(factors, model::reaches));
  }

  /** Hears how far the work is. */
  interface Progress {
    void reaches(double share);
  }

  /**
   * The estimate with codes that are given.
   *
   * @param z a code of each image, by dimension
   * @param most codes of an entropy
   */
  record Estimate(Codes codes, double[][] z, int most) {

    double gap(Factors factors, Progress progress) {
      int[] all = IntStream.range(0, codes.count()).toArray();
      double[] entropies = entropies(all);
      double sum = 0;
      int counted = 0;
      for (int factor = 0; factor < factors.count(); factor++) {
        progress.reaches((factor + 1.0) / (factors.count() + 1));
        double entropy = Information.entropy(factors.indices(factor), factors.values(factor));
        if (entropy > 0) {
          sum += gap(entropies, factors.groups(factor)) / entropy;
          counted++;
        }
      }
      return sum / counted;
    }

    private double gap(double[] entropies, int[][] groups) {
      double[] told = entropies.clone();
      for (int[] group : groups) {
        double[] inside = entropies(group);
        for (int j = 0; j < told.length; j++) {
          told[j] -= inside[j] * group.length / codes.count();
        }
      }
      Arrays.sort(told);
      return told[told.length - 1] - (told.length > 1 ? told[told.length - 2] : 0);
    }

    /** Of each dimension, among some images. */
    private double[] entropies(int[] images) {
      double[] entropies = new double[codes.latent()];
      Arrays.setAll(entropies, j -> entropy(j, images));
      return entropies;
    }

    private double entropy(int dimension, int[] images) {
      int count = Math.min(most, images.length);
      double[] means = new double[images.length];
      double[] logvars = new double[images.length];
      for (int i = 0; i < images.length; i++) {
        means[i] = codes.mu()[images[i] * codes.latent() + dimension];
        logvars[i] = codes.logvar()[images[i] * codes.latent() + dimension];
      }
      double sum = 0;
      for (int i = 0; i < count; i++) {
        sum -= logMixture(z[dimension][images[i]], means, logvars);
      }
      return sum / count;
    }

    private static double logMixture(double z, double[] means, double[] logvars) {
      double[] logs = new double[means.length];
      double most = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < logs.length; i++) {
        double distance = z - means[i];
        logs[i] = -0.5 * (distance * distance * Math.exp(-logvars[i]) + logvars[i]);
        most = Math.max(most, logs[i]);
      }
      double sum = 0;
      for (double log : logs) {
        sum += Math.exp(log - most);
      }
      return most + Math.log(sum / logs.length) - LOG_ROOT_2_PI;
    }
  }
}
