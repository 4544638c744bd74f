package dev.elbow.scores;

import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.Options;
import dev.elbow.api.score.Codes;
import dev.elbow.api.score.ScoredModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The metric of FactorVAE (Kim and Mnih 2018, section 4): a factor is kept at one value in a batch,
 * and the dimension of the code that varies least there, relative to its variance over all images,
 * votes for it. The figure is the share of further votes that the majority's classifier gets right.
 *
 * <p>As in Locatello et al. 2019, dimensions whose means vary by less than 0.05 do not vote; a
 * model without any other has the figure 0.
 */
public final class FactorVaeScore implements FactorScore {
  private static final double ACTIVE = 0.05;
  private static final long SEED = 2018;
  private static final List<Option> OPTIONS =
      List.of(
          Option.whole("batch", 2, 10_000, 64, "How many images a vote looks at."),
          Option.whole("votes", 1, 1_000_000, 10_000, "How many votes the classifier is made of."),
          Option.whole("tests", 1, 1_000_000, 5_000, "How many further votes it is tested with."));

  @Override
  public String name() {
    return "factor-vae";
  }

  @Override
  public String description() {
    return "The FactorVAE metric (Kim 2018): which dimension varies least while a factor is fixed.";
  }

  @Override
  public List<Option> options() {
    return OPTIONS;
  }

  @Override
  public List<String> columns() {
    return List.of("factor_vae_score");
  }

  @Override
  public Map<String, Double> compute(ScoredModel model, Options options) {
    Factors factors = Factors.of(model);
    double[][] means = active(model.codes());
    if (means.length == 0) {
      return Map.of("factor_vae_score", 0.0);
    }
    Voting voting = new Voting(means, groups(factors), options.count("batch"));
    int[][] votes = voting.votes(options.count("votes"));
    int[] winners = Arrays.stream(votes).mapToInt(FactorVaeScore::winner).toArray();
    int[][] tests = voting.votes(options.count("tests"));
    int right = IntStream.range(0, tests.length).map(d -> tests[d][winners[d]]).sum();
    return Map.of("factor_vae_score", (double) right / options.count("tests"));
  }

  private static int winner(int[] votes) {
    return IntStream.range(0, votes.length).reduce(0, (a, b) -> votes[b] > votes[a] ? b : a);
  }

  /** The means of the dimensions that vary, divided by their standard deviation. */
  private static double[][] active(Codes codes) {
    List<double[]> active = new ArrayList<>();
    for (int dimension = 0; dimension < codes.latent(); dimension++) {
      double[] means = codes.means(dimension);
      double variance = variance(means, IntStream.range(0, means.length).toArray());
      if (variance >= ACTIVE) {
        active.add(Arrays.stream(means).map(mean -> mean / Math.sqrt(variance)).toArray());
      }
    }
    return active.toArray(double[][]::new);
  }

  private static double variance(double[] means, int[] places) {
    double mean = IntStream.of(places).mapToDouble(i -> means[i]).average().orElse(0);
    double squares =
        IntStream.of(places).mapToDouble(i -> (means[i] - mean) * (means[i] - mean)).sum();
    return squares / (places.length - 1);
  }

  private static int[][][] groups(Factors factors) {
    int[][][] groups = new int[factors.count()][][];
    Arrays.setAll(groups, factors::groups);
    return groups;
  }

  /** Draws votes, always the same ones. */
  private static final class Voting {
    private final double[][] means;
    private final int[][][] groups;
    private final int batch;
    private final SplittableRandom random = new SplittableRandom(SEED);

    Voting(double[][] means, int[][][] groups, int batch) {
      this.means = means;
      this.groups = groups;
      this.batch = batch;
    }

    /** How often each dimension votes for each factor. */
    int[][] votes(int count) {
      int[][] votes = new int[means.length][groups.length];
      for (int i = 0; i < count; i++) {
        int factor = random.nextInt(groups.length);
        int[] group = groups[factor][random.nextInt(groups[factor].length)];
        int[] drawn = random.ints(batch, 0, group.length).map(place -> group[place]).toArray();
        votes[steadiest(drawn)][factor]++;
      }
      return votes;
    }

    private int steadiest(int[] drawn) {
      int best = 0;
      double least = Double.POSITIVE_INFINITY;
      for (int dimension = 0; dimension < means.length; dimension++) {
        double variance = variance(means[dimension], drawn);
        if (variance < least) {
          least = variance;
          best = dimension;
        }
      }
      return best;
    }
  }
}
