package dev.elbow.cli.report;

import dev.elbow.coordinator.client.CurvePoint;
import dev.elbow.coordinator.http.CurvePoints;
import dev.elbow.coordinator.results.Results;
import dev.elbow.coordinator.results.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A trial from evaluation to evaluation.
 *
 * @param row what came of it
 * @param points in the order of training
 */
public record TrialCurve(Row row, List<CurvePoint> points) {
  public TrialCurve {
    points = List.copyOf(points);
  }

  /**
   * Those of a sweep in a folder; trials that left none, as failed ones do, are left out.
   *
   * @param folder of the sweep
   * @throws IOException if a file cannot be read or is no table of metrics
   */
  public static List<TrialCurve> read(Path folder, Results results) throws IOException {
    List<TrialCurve> curves = new ArrayList<>();
    for (Row row : results.rows()) {
      Path file = folder.resolve("trials/%04d/metrics.csv".formatted(row.trial()));
      if (Files.isRegularFile(file)) {
        curves.add(new TrialCurve(row, CurvePoints.read(file)));
      }
    }
    return curves;
  }
}
