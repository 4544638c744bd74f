package dev.elbow.cli;

import dev.elbow.cli.verify.Measured;
import dev.elbow.coordinator.client.RateCurve;
import dev.elbow.coordinator.http.RatePoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a model of all weights loses at the weights that others of its sweep were trained for. */
final class MultiRate {

  private MultiRate() {}

  /**
   * The trials, each of one weight β with three figures more: {@code curve_loss}, the test loss at
   * that β of the model that is for many; {@code curve_objective}, what β makes of it,
   * reconstruction + β · KL; and {@code objective}, the same of the trial itself. Between two
   * points of the curve the logarithm of β counts. The model that is for many has {@code
   * cost_in_trials}, how many of the others take as many seconds.
   *
   * @param folder of the sweep
   * @throws IOException if a curve cannot be read
   */
  static List<Measured> beside(Path folder, List<Measured> trials) throws IOException {
    for (Measured trial : trials) {
      Path file = folder.resolve("trials/%04d".formatted(trial.trial())).resolve(RatePoints.FILE);
      if (Files.isRegularFile(file)) {
        return beside(trial, RatePoints.read(file), trials);
      }
    }
    return trials;
  }

  private static List<Measured> beside(
      Measured many, List<RateCurve.Point> curve, List<Measured> trials) {
    List<Measured> beside = new ArrayList<>();
    for (Measured trial : trials) {
      String beta = trial.parameters().getOrDefault("beta", "");
      if (trial.equals(many)) {
        beside.add(with(many, Map.of("cost_in_trials", cost(many, trials))));
      } else if (beta.isEmpty()) {
        beside.add(trial);
      } else {
        beside.add(with(trial, at(Double.parseDouble(beta), curve, trial)));
      }
    }
    return beside;
  }

  private static Measured with(Measured trial, Map<String, Double> more) {
    Map<String, Double> figures = new LinkedHashMap<>(trial.figures());
    figures.putAll(more);
    return new Measured(trial.trial(), trial.seed(), trial.parameters(), figures);
  }

  private static double cost(Measured many, List<Measured> trials) {
    double others =
        trials.stream()
            .filter(trial -> !trial.equals(many))
            .mapToDouble(trial -> trial.figure("seconds"))
            .average()
            .orElse(Double.NaN);
    return many.figure("seconds") / others;
  }

  private static Map<String, Double> at(double beta, List<RateCurve.Point> curve, Measured trial) {
    double reconstruction = at(beta, curve, "test_reconstruction");
    double kl = at(beta, curve, "test_kl");
    return Map.of(
        "curve_loss",
        reconstruction + kl,
        "curve_objective",
        reconstruction + beta * kl,
        "objective",
        trial.figure("test_reconstruction") + beta * trial.figure("test_kl"));
  }

  /** A figure of the curve; NaN outside of it. */
  static double at(double beta, List<RateCurve.Point> curve, String figure) {
    for (int i = 1; i < curve.size(); i++) {
      double low = Math.log(curve.get(i - 1).beta());
      double high = Math.log(curve.get(i).beta());
      double share = (Math.log(beta) - low) / (high - low);
      // What is printed with nine digits may lie beside the end by the last of them.
      if (share >= -1e-6 && share <= 1 + 1e-6) {
        return (1 - share) * figure(curve.get(i - 1), figure)
            + share * figure(curve.get(i), figure);
      }
    }
    return Double.NaN;
  }

  private static double figure(RateCurve.Point point, String figure) {
    return point.figures().getOrDefault(figure, Double.NaN);
  }
}
