package dev.elbow.scores;

import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.Options;
import dev.elbow.api.score.Codes;
import dev.elbow.api.score.ScoredModel;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The mutual information gap (Chen, Li, Grosse and Duvenaud 2018, equation 6): the mean over the
 * factors v of (I(z₁; v) − I(z₂; v)) / H(v), z₁ and z₂ being the two dimensions of the code that
 * tell most about v.
 *
 * <p>Estimated as Locatello et al. 2019 do: z is the mean of the posterior, in bins of equal width
 * from its least value to its greatest, and information is that of the counts. Chen et al. use
 * samples of the posterior and its density instead, so their figures are others.
 */
public final class MigScore implements FactorScore {
  private static final List<Option> OPTIONS =
      List.of(
          Option.whole(
              "bins", 2, 1000, 20, "How many bins of equal width each dimension is counted in."));

  @Override
  public String name() {
    return "mig";
  }

  @Override
  public String description() {
    return "Mutual information gap (Chen 2018) of the codes' means, counted in bins.";
  }

  @Override
  public List<Option> options() {
    return OPTIONS;
  }

  @Override
  public List<String> columns() {
    return List.of("mig");
  }

  @Override
  public Map<String, Double> compute(ScoredModel model, Options options) {
    Factors factors = Factors.of(model);
    int bins = options.count("bins");
    int[][] codes = binned(model.codes(), bins);
    double sum = 0;
    int counted = 0;
    for (int factor = 0; factor < factors.count(); factor++) {
      int[] indices = factors.indices(factor);
      double entropy = Information.entropy(indices, factors.values(factor));
      if (entropy > 0) {
        sum += gap(codes, bins, indices, factors.values(factor)) / entropy;
        counted++;
      }
    }
    return Map.of("mig", sum / counted);
  }

  private static int[][] binned(Codes codes, int bins) {
    int[][] binned = new int[codes.latent()][];
    Arrays.setAll(binned, dimension -> Information.binned(codes.means(dimension), bins));
    return binned;
  }

  private static double gap(int[][] codes, int bins, int[] indices, int values) {
    double[] told =
        Arrays.stream(codes)
            .mapToDouble(code -> Information.mutual(code, bins, indices, values))
            .sorted()
            .toArray();
    return told[told.length - 1] - (told.length > 1 ? told[told.length - 2] : 0);
  }
}
