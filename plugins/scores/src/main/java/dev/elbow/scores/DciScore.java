package dev.elbow.scores;

import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.Options;
import dev.elbow.api.score.Codes;
import dev.elbow.api.score.ScoredModel;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Disentanglement, completeness and informativeness (Eastwood and Williams 2018, section 2), with
 * lasso as the regressor: importance is the magnitude of a weight, means of codes and values of
 * factors being standardised. Half of the images train it, informativeness is the mean R² on the
 * other half: larger is better, where the paper gives an error.
 */
public final class DciScore implements FactorScore {
  private static final List<Option> OPTIONS =
      List.of(Option.positive("alpha", 0.02, "Weight of the lasso's penalty."));

  @Override
  public String name() {
    return "dci";
  }

  @Override
  public String description() {
    return "Disentanglement, completeness and informativeness (Eastwood 2018) by lasso.";
  }

  @Override
  public List<Option> options() {
    return OPTIONS;
  }

  @Override
  public List<String> columns() {
    return List.of("dci_disentanglement", "dci_completeness", "dci_informativeness");
  }

  @Override
  public Map<String, Double> compute(ScoredModel model, Options options) {
    Factors factors = Factors.of(model);
    Codes codes = model.codes();
    int half = codes.count() / 2;
    double[][] inputs = new double[codes.latent()][];
    Arrays.setAll(inputs, dimension -> standardised(codes.means(dimension), half));
    double[][] importance = new double[codes.latent()][factors.count()];
    double informativeness = 0;
    for (int factor = 0; factor < factors.count(); factor++) {
      double[] values = standardised(factors.values(factor, factors.indices(factor)), half);
      double[] weights =
          Lasso.weights(firsts(inputs, half), Arrays.copyOf(values, half), options.real("alpha"));
      for (int dimension = 0; dimension < weights.length; dimension++) {
        importance[dimension][factor] = Math.abs(weights[dimension]);
      }
      informativeness += explained(inputs, values, weights, half) / factors.count();
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("dci_disentanglement", concentration(importance));
    figures.put("dci_completeness", concentration(transposed(importance)));
    figures.put("dci_informativeness", informativeness);
    return figures;
  }

  /** To mean 0 and variance 1 of the first {@code half}; zeros where those do not vary. */
  private static double[] standardised(double[] values, int half) {
    double mean = Arrays.stream(values, 0, half).average().orElse(0);
    double variance =
        Arrays.stream(values, 0, half).map(v -> (v - mean) * (v - mean)).average().orElse(0);
    double scale = variance > 0 ? 1 / Math.sqrt(variance) : 0;
    return Arrays.stream(values).map(v -> (v - mean) * scale).toArray();
  }

  private static double[][] firsts(double[][] columns, int half) {
    return Arrays.stream(columns).map(c -> Arrays.copyOf(c, half)).toArray(double[][]::new);
  }

  /** R² on what stands behind the first {@code half}. */
  private static double explained(double[][] inputs, double[] values, double[] weights, int half) {
    double mean = Arrays.stream(values, half, values.length).average().orElse(0);
    double errors = 0;
    double squares = 0;
    for (int i = half; i < values.length; i++) {
      double predicted = 0;
      for (int dimension = 0; dimension < weights.length; dimension++) {
        predicted += weights[dimension] * inputs[dimension][i];
      }
      errors += (values[i] - predicted) * (values[i] - predicted);
      squares += (values[i] - mean) * (values[i] - mean);
    }
    return 1 - errors / squares;
  }

  /**
   * How far each row's importance is in one column: 1 less the entropy to the base of the columns'
   * number, averaged with the rows' sums as weights.
   */
  private static double concentration(double[][] importance) {
    double total = Arrays.stream(importance).flatMapToDouble(Arrays::stream).sum();
    double mean = 0;
    for (double[] row : importance) {
      double sum = Arrays.stream(row).sum();
      double entropy =
          Arrays.stream(row).filter(w -> w > 0).map(w -> -w / sum * Math.log(w / sum)).sum();
      double base = row.length > 1 ? Math.log(row.length) : 1;
      mean += sum > 0 ? (1 - entropy / base) * sum / total : 0;
    }
    return total > 0 ? mean : Double.NaN;
  }

  private static double[][] transposed(double[][] rows) {
    double[][] columns = new double[rows[0].length][rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < columns.length; j++) {
        columns[j][i] = rows[i][j];
      }
    }
    return columns;
  }
}
