package dev.elbow.scores;

import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.Options;
import dev.elbow.api.score.Codes;
import dev.elbow.api.score.ScoredModel;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Separated attribute predictability (Kumar, Sattigeri and Balakrishnan 2018, section 3): the mean
 * over the factors of the difference between the two dimensions of the code that predict it best.
 *
 * <p>A dimension predicts a factor by the R² of linear regression on its mean, cov² / (var · var),
 * for every factor; Kumar et al. take the balanced accuracy of a threshold where a factor is
 * categorical.
 */
public final class SapScore implements FactorScore {
  private static final double ACTIVE = 1e-12;

  @Override
  public String name() {
    return "sap";
  }

  @Override
  public String description() {
    return "Separated attribute predictability (Kumar 2018) by the R² of linear regression.";
  }

  @Override
  public List<Option> options() {
    return List.of();
  }

  @Override
  public List<String> columns() {
    return List.of("sap");
  }

  @Override
  public Map<String, Double> compute(ScoredModel model, Options options) {
    Factors factors = Factors.of(model);
    Codes codes = model.codes();
    double sum = 0;
    for (int factor = 0; factor < factors.count(); factor++) {
      sum += gap(codes, factors.values(factor, factors.indices(factor)));
    }
    return Map.of("sap", sum / factors.count());
  }

  private static double gap(Codes codes, double[] values) {
    double[] predicted = new double[codes.latent()];
    Arrays.setAll(predicted, dimension -> explained(codes.means(dimension), values));
    Arrays.sort(predicted);
    return predicted[predicted.length - 1]
        - (predicted.length > 1 ? predicted[predicted.length - 2] : 0);
  }

  /** R² of linear regression; 0 where one of the two does not vary. */
  private static double explained(double[] a, double[] b) {
    double meanOfA = Arrays.stream(a).average().orElse(0);
    double meanOfB = Arrays.stream(b).average().orElse(0);
    double both = 0;
    double squaresOfA = 0;
    double squaresOfB = 0;
    for (int i = 0; i < a.length; i++) {
      both += (a[i] - meanOfA) * (b[i] - meanOfB);
      squaresOfA += (a[i] - meanOfA) * (a[i] - meanOfA);
      squaresOfB += (b[i] - meanOfB) * (b[i] - meanOfB);
    }
    boolean varies = squaresOfA / a.length > ACTIVE && squaresOfB / b.length > ACTIVE;
    return varies ? both * both / (squaresOfA * squaresOfB) : 0;
  }
}
