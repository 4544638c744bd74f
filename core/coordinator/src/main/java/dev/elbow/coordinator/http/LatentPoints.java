package dev.elbow.coordinator.http;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.elbow.api.Evaluation;
import dev.elbow.coordinator.client.LatentPoint;
import dev.elbow.coordinator.sweep.FileContent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What latent dimensions told, from what workers say and from {@code latents.csv}. */
final class LatentPoints {
  private static final CsvMapper CSV = new CsvMapper();
  private static final CsvSchema TABLE = CsvSchema.emptySchema().withHeader();

  private LatentPoints() {}

  static LatentPoint of(Evaluation evaluation) {
    return new LatentPoint(
        evaluation.epoch(),
        evaluation.step(),
        evaluation.klPerDimension(),
        evaluation.muVariances());
  }

  /** Whether it can be said in JSON, which has no word for what is not finite. */
  static boolean isFinite(LatentPoint point) {
    return Stream.concat(point.kl().stream(), point.muVariance().stream())
        .allMatch(Double::isFinite);
  }

  /**
   * Reads {@code latents.csv}; blocks.
   *
   * @throws IOException if it cannot be read or is none
   */
  static List<LatentPoint> read(Path file) throws IOException {
    List<LatentPoint> points = new ArrayList<>();
    List<Row> rows = new ArrayList<>();
    try (MappingIterator<Map<String, String>> lines =
        CSV.readerForMapOf(String.class).with(TABLE).readValues(FileContent.read(file))) {
      while (lines.hasNext()) {
        Row row = Row.of(lines.next());
        if (row.dimension() == 0 && !rows.isEmpty()) {
          points.add(point(rows));
          rows.clear();
        }
        rows.add(row);
      }
    } catch (IllegalArgumentException | NullPointerException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
    if (!rows.isEmpty()) {
      points.add(point(rows));
    }
    return points.stream().filter(LatentPoints::isFinite).toList();
  }

  /** A line: one dimension after one evaluation. */
  private record Row(int epoch, int dimension, double kl, double muVariance, long step) {
    static Row of(Map<String, String> line) {
      return new Row(
          Integer.parseInt(line.get("epoch")),
          Integer.parseInt(line.get("dimension")),
          Double.parseDouble(line.get("kl")),
          Double.parseDouble(line.get("mu_variance")),
          Long.parseLong(line.get("step")));
    }
  }

  private static LatentPoint point(List<Row> rows) {
    return new LatentPoint(
        rows.get(0).epoch(),
        rows.get(0).step(),
        rows.stream().map(Row::kl).toList(),
        rows.stream().map(Row::muVariance).toList());
  }
}
