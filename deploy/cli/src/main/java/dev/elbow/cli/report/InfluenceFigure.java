package dev.elbow.cli.report;

import dev.elbow.coordinator.results.PlainText;
import dev.elbow.coordinator.results.Results;
import dev.elbow.coordinator.results.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One column of the results against each parameter that is a figure: every seed, and the means. */
final class InfluenceFigure {
  static final String CAPTION =
      "Each dot is a trial, every seed shown; lines join the means over the seeds. Where the dots of two settings overlap, these"
          + " seeds do not tell them apart.";

  private static final int MOST_PANELS = 6;

  private final Results results;
  private final Setting setting;

  InfluenceFigure(Results results) {
    this.results = results;
    this.setting = Setting.of(results);
  }

  /** The picture of a column; empty where no parameter is a figure or no trial has the column. */
  Optional<Figure> figure(String column) {
    List<Row> rows =
        results.rows().stream().filter(row -> Double.isFinite(row.figure(column))).toList();
    List<String> parameters =
        setting.figures(results).stream()
            .filter(name -> settings(rows, name).stream().distinct().count() > 1)
            .limit(MOST_PANELS)
            .toList();
    if (parameters.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> colours = colours(rows, parameters);
    List<Panel> panels = parameters.stream().map(p -> panel(rows, p, column, colours)).toList();
    String words = "%s against %s".formatted(column, String.join(", ", parameters));
    return Optional.of(
        new Figure(column, words, words, Drawing.svg(panels, colours, words), csv(rows, column)));
  }

  private static List<Double> settings(List<Row> rows, String parameter) {
    return rows.stream()
        .map(row -> Setting.figure(row, parameter))
        .filter(java.util.OptionalDouble::isPresent)
        .map(java.util.OptionalDouble::getAsDouble)
        .toList();
  }

  private Map<String, String> colours(List<Row> rows, List<String> parameters) {
    List<String> groups =
        parameters.stream()
            .flatMap(parameter -> setting.groups(rows, parameter).keySet().stream())
            .distinct()
            .toList();
    return Colours.of(groups, false);
  }

  private Panel panel(
      List<Row> rows, String parameter, String column, Map<String, String> colours) {
    List<Mark> marks = new ArrayList<>();
    setting
        .groups(rows, parameter)
        .forEach((group, of) -> add(marks, of, parameter, column, colours.get(group)));
    List<Double> figures =
        rows.stream()
            .filter(row -> Setting.figure(row, parameter).isPresent())
            .map(row -> row.figure(column))
            .toList();
    Axis x = Axis.ofSettings(parameter, settings(rows, parameter));
    return new Panel("", x, Axis.around(column, figures), marks);
  }

  private static void add(
      List<Mark> marks, List<Row> rows, String parameter, String column, String colour) {
    Map<Double, List<Double>> bySetting = new TreeMap<>();
    List<Point> dots = new ArrayList<>();
    for (Row row : rows) {
      double at = Setting.figure(row, parameter).orElseThrow();
      dots.add(new Point(at, row.figure(column)));
      bySetting.computeIfAbsent(at, key -> new ArrayList<>()).add(row.figure(column));
    }
    List<Point> means = new ArrayList<>();
    bySetting.forEach((at, figures) -> means.add(new Point(at, mean(figures))));
    marks.add(new Mark.Line(means, colour, 1.2, false));
    marks.add(new Mark.Dots(dots, colour, 3.6));
  }

  private static double mean(List<Double> figures) {
    return figures.stream().mapToDouble(f -> f).average().orElse(Double.NaN);
  }

  private String csv(List<Row> rows, String column) {
    List<String> header = new ArrayList<>(List.of("trial", "seed"));
    header.addAll(results.parameters());
    header.add(column);
    StringBuilder text = new StringBuilder(Csv.line(header));
    for (Row row : rows) {
      List<String> cells = new ArrayList<>();
      cells.add("%04d".formatted(row.trial()));
      cells.add(String.valueOf(row.seed()));
      results.parameters().forEach(p -> cells.add(row.parameters().getOrDefault(p, "")));
      cells.add(PlainText.of(row.figure(column)));
      text.append(Csv.line(cells));
    }
    return text.toString();
  }
}
