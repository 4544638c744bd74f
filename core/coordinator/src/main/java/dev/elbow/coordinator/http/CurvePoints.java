package dev.elbow.coordinator.http;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.elbow.api.Evaluation;
import dev.elbow.api.Losses;
import dev.elbow.coordinator.client.CurvePoint;
import dev.elbow.coordinator.sweep.FileContent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Points of curves, from what workers say and from {@code metrics.csv}. */
public final class CurvePoints {
  private static final CsvMapper CSV = new CsvMapper();
  private static final CsvSchema TABLE = CsvSchema.emptySchema().withHeader();

  private CurvePoints() {}

  static CurvePoint of(Evaluation evaluation) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("train_objective", evaluation.trainObjective());
    put(figures, "train", evaluation.train());
    evaluation.validation().ifPresent(losses -> put(figures, "validation", losses));
    put(figures, "test", evaluation.test());
    figures.put("active_units", (double) evaluation.activeUnits());
    figures.put("seconds", evaluation.seconds());
    figures.put("images_per_second", evaluation.imagesPerSecond());
    figures.values().removeIf(figure -> !Double.isFinite(figure));
    return new CurvePoint(evaluation.epoch(), evaluation.step(), figures);
  }

  private static void put(Map<String, Double> figures, String split, Losses losses) {
    figures.put(split + "_loss", losses.loss());
    figures.put(split + "_reconstruction", losses.reconstruction());
    figures.put(split + "_kl", losses.kl());
  }

  /**
   * Reads {@code metrics.csv}; blocks.
   *
   * @throws IOException if it cannot be read or is none
   */
  public static List<CurvePoint> read(Path file) throws IOException {
    List<CurvePoint> points = new ArrayList<>();
    try (MappingIterator<Map<String, String>> rows =
        CSV.readerForMapOf(String.class).with(TABLE).readValues(FileContent.read(file))) {
      while (rows.hasNext()) {
        points.add(point(rows.next()));
      }
    } catch (NumberFormatException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
    return points;
  }

  private static CurvePoint point(Map<String, String> row) {
    Map<String, Double> figures = new LinkedHashMap<>();
    row.forEach((column, cell) -> put(figures, column, cell));
    Double epoch = figures.remove("epoch");
    Double step = figures.remove("step");
    return new CurvePoint(
        epoch == null ? 0 : epoch.intValue(), step == null ? 0 : step.longValue(), figures);
  }

  private static void put(Map<String, Double> figures, String column, String cell) {
    double figure = cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
    if (Double.isFinite(figure)) {
      figures.put(column, figure);
    }
  }
}
