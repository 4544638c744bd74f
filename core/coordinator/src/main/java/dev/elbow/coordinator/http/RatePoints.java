package dev.elbow.coordinator.http;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.elbow.coordinator.client.RateCurve;
import dev.elbow.coordinator.sweep.FileContent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A model over the weights of the KL term that it is for, from {@code rate_distortion.csv}. */
public final class RatePoints {
  /** Its name in the folder of a trial. */
  public static final String FILE = "rate_distortion.csv";

  private static final CsvMapper CSV = new CsvMapper();
  private static final CsvSchema TABLE = CsvSchema.emptySchema().withHeader();

  private RatePoints() {}

  /**
   * Reads the file; blocks.
   *
   * @throws IOException if it cannot be read or is none
   */
  public static List<RateCurve.Point> read(Path file) throws IOException {
    List<RateCurve.Point> points = new ArrayList<>();
    try (MappingIterator<Map<String, String>> rows =
        CSV.readerForMapOf(String.class).with(TABLE).readValues(FileContent.read(file))) {
      while (rows.hasNext()) {
        points.add(point(rows.next()));
      }
    } catch (NumberFormatException | NullPointerException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
    return points;
  }

  private static RateCurve.Point point(Map<String, String> row) {
    Map<String, Double> figures = new LinkedHashMap<>();
    row.forEach((column, cell) -> figures.put(column, number(cell)));
    double beta = figures.remove("beta");
    figures.values().removeIf(figure -> !Double.isFinite(figure));
    return new RateCurve.Point(beta, figures);
  }

  private static double number(String cell) {
    return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
  }
}
