package dev.elbow.scores;

import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.Options;
import dev.elbow.api.score.Codes;
import dev.elbow.api.score.ScoreSubject;
import dev.elbow.api.score.ScoredModel;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The metric of β-VAE (Higgins et al. 2017, section 2), as disentanglement_lib computes it: pairs
 * of images have one factor in common, and logistic regression tells which one it is from the mean
 * absolute difference of their codes. The figure is the share of further batches of pairs that it
 * gets right.
 *
 * <p>Both images of a pair are images of the data, where disentanglement_lib generates the second
 * one: the same where the data have every combination of factors equally often.
 */
public final class BetaVaeScore implements FactorScore {
  private static final long SEED = 2017;
  private static final List<Option> OPTIONS =
      List.of(
          Option.whole("batchSize", 1, 10_000, 64, "How many pairs a point is the mean of."),
          Option.whole("numTrain", 2, 1_000_000, 10_000, "How many points it is trained with."),
          Option.whole(
              "numEval", 1, 1_000_000, 5_000, "How many further points it is tested with."));

  @Override
  public String name() {
    return "beta-vae";
  }

  @Override
  public String description() {
    return "The metric of β-VAE (Higgins 2017): which factor pairs of images have in common.";
  }

  @Override
  public List<Option> options() {
    return OPTIONS;
  }

  @Override
  public List<String> columns() {
    return List.of("beta_vae_score");
  }

  @Override
  public Optional<String> problem(ScoreSubject subject, Options options) {
    return FactorScore.super
        .problem(subject, options)
        .or(
            () ->
                Factors.count(subject.data()) > 1
                    ? Optional.empty()
                    : Optional.of(
                        "needs at least two true factors that vary, and this data have one"));
  }

  @Override
  public Map<String, Double> compute(ScoredModel model, Options options) {
    Factors factors = Factors.of(model);
    Pairs pairs = new Pairs(model.codes(), factors, options.count("batchSize"));
    int train = options.count("numTrain");
    int[] classes = new int[train];
    double[][] points = pairs.points(classes);
    model.reaches(0.5);
    LogisticRegression.Classifier learnt = LogisticRegression.fit(points, classes, factors.count());
    int[] expected = new int[options.count("numEval")];
    double[][] tests = pairs.points(expected);
    int right = 0;
    for (int i = 0; i < tests.length; i++) {
      right += learnt.classify(tests[i]) == expected[i] ? 1 : 0;
    }
    return Map.of("beta_vae_score", (double) right / tests.length);
  }

  /** Draws pairs, always the same ones. */
  private static final class Pairs {
    private final Codes codes;
    private final int[][] indices;
    private final int[][][] byValue;
    private final int batch;
    private final SplittableRandom random = new SplittableRandom(SEED);

    Pairs(Codes codes, Factors factors, int batch) {
      this.codes = codes;
      this.batch = batch;
      this.indices = new int[factors.count()][];
      this.byValue = new int[factors.count()][][];
      Arrays.setAll(indices, factors::indices);
      Arrays.setAll(byValue, factors::places);
    }

    /**
     * Points, and by {@code classes} the factor that the pairs of each have in common.
     *
     * @param classes is filled
     */
    double[][] points(int[] classes) {
      double[][] points = new double[classes.length][];
      for (int i = 0; i < points.length; i++) {
        classes[i] = random.nextInt(indices.length);
        points[i] = point(classes[i]);
      }
      return points;
    }

    private double[] point(int factor) {
      double[] point = new double[codes.latent()];
      for (int pair = 0; pair < batch; pair++) {
        int one = random.nextInt(codes.count());
        int[] alike = byValue[factor][indices[factor][one]];
        int other = alike[random.nextInt(alike.length)];
        for (int j = 0; j < point.length; j++) {
          double difference = (double) mean(one, j) - mean(other, j);
          point[j] += Math.abs(difference) / batch;
        }
      }
      return point;
    }

    private float mean(int image, int dimension) {
      return codes.mu()[image * codes.latent() + dimension];
    }
  }
}
