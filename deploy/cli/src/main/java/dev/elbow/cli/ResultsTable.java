package dev.elbow.cli;

import dev.elbow.coordinator.results.Configuration;
import dev.elbow.coordinator.results.Results;
import dev.elbow.coordinator.results.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The results of a sweep for people, best first, and for programs. */
final class ResultsTable {
  private static final List<String> ALWAYS =
      List.of("test_loss", "test_reconstruction", "test_kl", "active_units", "seconds");

  private static final List<String> COUNTS = List.of("epochs", "active_units");

  private final Results results;
  private final List<String> scores;
  private final List<String> figures;

  ResultsTable(Results results) {
    this.results = results.bestFirst();
    this.scores = this.results.scores();
    this.figures =
        Stream.of(Stream.of(results.goal().column()), ALWAYS.stream(), scores.stream())
            .flatMap(columns -> columns)
            .distinct()
            .toList();
  }

  /**
   * The table by goal: every run, then mean and spread of each configuration that has several.
   *
   * @param most how many runs are shown at most
   */
  List<String> lines(int most) {
    List<String> lines = new ArrayList<>(runs(most).lines());
    int hidden = results.rows().size() - most;
    if (hidden > 0) {
      lines.add("… and %d more in results.csv".formatted(hidden));
    }
    if (results.rows().stream().map(Row::seed).distinct().count() > 1) {
      lines.add("");
      lines.add("Mean ± standard deviation over the seeds of a configuration");
      lines.addAll(configurations(most).lines());
    }
    return lines;
  }

  /** What the trials without a model died of, one line each. */
  List<String> failures() {
    return results.rows().stream()
        .filter(row -> row.state().equals("failed"))
        .map(
            row -> "trial %04d failed: %s: %s".formatted(row.trial(), row.failure(), row.message()))
        .toList();
  }

  private TextTable runs(int most) {
    List<String> header = new ArrayList<>(List.of("trial"));
    if (!allCompleted()) {
      header.add("state");
    }
    header.addAll(results.parameters());
    header.add("seed");
    header.addAll(figures);
    return new TextTable(header, results.rows().stream().limit(most).map(this::cells).toList());
  }

  private boolean allCompleted() {
    return results.rows().stream().allMatch(row -> row.state().equals("completed"));
  }

  private List<String> cells(Row row) {
    List<String> cells = new ArrayList<>(List.of("%04d".formatted(row.trial())));
    if (!allCompleted()) {
      cells.add(row.state());
    }
    results.parameters().forEach(name -> cells.add(row.parameters().getOrDefault(name, "")));
    cells.add(String.valueOf(row.seed()));
    figures.forEach(column -> cells.add(figure(column, row.figure(column))));
    return cells;
  }

  private TextTable configurations(int most) {
    List<String> header = new ArrayList<>(results.parameters());
    header.add("runs");
    header.addAll(figures);
    List<Configuration> best =
        results.configurations().stream()
            .sorted(java.util.Comparator.comparing(this::goal, results.goal().bestFirst()))
            .limit(most)
            .toList();
    return new TextTable(header, best.stream().map(this::cells).toList());
  }

  private double goal(Configuration configuration) {
    return configuration.spread(results.goal().column()).mean();
  }

  private List<String> cells(Configuration configuration) {
    List<String> cells = new ArrayList<>();
    results
        .parameters()
        .forEach(name -> cells.add(configuration.parameters().getOrDefault(name, "")));
    cells.add(String.valueOf(configuration.spread(results.goal().column()).runs()));
    figures.forEach(column -> cells.add(spread(column, configuration.spread(column))));
    return cells;
  }

  private String spread(String column, Configuration.Spread spread) {
    return Double.isNaN(spread.deviation())
        ? figure(column, spread.mean())
        : "%s ± %s".formatted(mean(column, spread.mean()), mean(column, spread.deviation()));
  }

  private String mean(String column, double value) {
    return column.equals("active_units")
        ? String.format(Locale.ROOT, "%.1f", value)
        : figure(column, value);
  }

  private String figure(String column, double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    if (scores.contains(column)) {
      return String.format(Locale.ROOT, "%.4f", value);
    }
    return switch (column) {
      case "active_units", "epochs" -> "%d".formatted(Math.round(value));
      case "seconds" -> String.format(Locale.ROOT, "%.1f", value);
      case "images_per_second" -> Figures.rate(value);
      case "onnx_max_abs_error" -> String.format(Locale.ROOT, "%.1e", value);
      default -> Figures.nats(value);
    };
  }

  /** One JSON object for each run, best first, with the columns of {@code results.csv}. */
  List<String> json() {
    return results.rows().stream().map(this::object).map(Json::line).toList();
  }

  private Map<String, Object> object(Row row) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("trial", "%04d".formatted(row.trial()));
    object.put("state", row.state());
    object.put("attempts", row.attempts());
    object.put("seed", row.seed());
    Map<String, Object> parameters = new LinkedHashMap<>();
    row.parameters().forEach((name, text) -> parameters.put(name, Json.value(text)));
    object.put("parameters", parameters);
    Results.FIGURES.forEach(column -> object.put(column, orNull(column, row.figure(column))));
    object.put("failure", row.failure());
    object.put("message", row.message());
    scores.forEach(column -> object.put(column, orNull(column, row.figure(column))));
    return object;
  }

  private static Number orNull(String column, double figure) {
    if (!Double.isFinite(figure)) {
      return null;
    }
    return COUNTS.contains(column) ? Math.round(figure) : (Number) figure;
  }
}
