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
  private static final String FIGURE = "curve_loss";

  private MultiRate() {}

  /**
   * The trials, each of one weight with {@code curve_loss}: the test loss of the model that is for
   * many weights at that weight, between two of its points by the weight's logarithm.
   *
   * @param folder of the sweep
   * @throws IOException if a curve cannot be read
   */
  static List<Measured> beside(Path folder, List<Measured> trials) throws IOException {
    List<RateCurve.Point> curve = List.of();
    for (Measured trial : trials) {
      Path file = folder.resolve("trials/%04d".formatted(trial.trial())).resolve(RatePoints.FILE);
      if (Files.isRegularFile(file)) {
        curve = RatePoints.read(file);
      }
    }
    List<Measured> beside = new ArrayList<>();
    for (Measured trial : trials) {
      beside.add(beside(trial, curve));
    }
    return beside;
  }

  private static Measured beside(Measured trial, List<RateCurve.Point> curve) {
    String beta = trial.parameters().getOrDefault("beta", "");
    if (beta.isEmpty() || curve.isEmpty()) {
      return trial;
    }
    Map<String, Double> figures = new LinkedHashMap<>(trial.figures());
    figures.put(FIGURE, at(Double.parseDouble(beta), curve));
    return new Measured(trial.trial(), trial.seed(), trial.parameters(), figures);
  }

  /** NaN outside of the curve. */
  static double at(double beta, List<RateCurve.Point> curve) {
    for (int i = 1; i < curve.size(); i++) {
      double low = Math.log(curve.get(i - 1).beta());
      double high = Math.log(curve.get(i).beta());
      double share = (Math.log(beta) - low) / (high - low);
      // What is printed with nine digits may lie beside the end by the last of them.
      if (share >= -1e-6 && share <= 1 + 1e-6) {
        return (1 - share) * loss(curve.get(i - 1)) + share * loss(curve.get(i));
      }
    }
    return Double.NaN;
  }

  private static double loss(RateCurve.Point point) {
    return point.figures().getOrDefault("test_loss", Double.NaN);
  }
}
