package dev.elbow.cli.report;

import dev.elbow.coordinator.client.RateCurve;
import dev.elbow.coordinator.results.PlainText;
import dev.elbow.coordinator.results.Results;
import dev.elbow.coordinator.results.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What codes cost and what they lose: KL against reconstruction, with the front and its elbow. */
final class RateDistortionFigure {
  private final Results results;
  private final Map<Integer, List<RateCurve.Point>> curves;
  private final Setting setting;
  private final String split;

  /**
   * @param curves of the models that are for many weights, by trial
   */
  RateDistortionFigure(Results results, Map<Integer, List<RateCurve.Point>> curves) {
    this.results = results;
    this.curves = Map.copyOf(curves);
    this.setting = Setting.of(results);
    boolean validated =
        results.rows().stream().anyMatch(row -> Double.isFinite(row.figure("validation_loss")));
    this.split = validated ? "validation" : "test";
  }

  /**
   * @param name of its files
   * @param rows trials whose losses may be compared
   * @param of what tells these data from others of the sweep; empty text if there are no others
   */
  Figure figure(String name, List<Row> rows, String of) {
    Map<Row, Point> points = points(rows);
    List<Point> all = new ArrayList<>(points.values());
    rows.forEach(row -> all.addAll(curve(row)));
    List<Point> front = Frontier.of(List.copyOf(points.values()));
    Optional<Point> elbow = Frontier.elbow(front);
    Axis x =
        Axis.ofRates(
            "rate: %s KL, nats per image".formatted(split), all.stream().map(Point::x).toList());
    Axis y =
        Axis.around(
            "distortion: %s reconstruction, nats".formatted(split),
            all.stream().map(Point::y).toList());
    List<Mark> marks = new ArrayList<>(diagonals(x, y));
    marks.add(new Mark.Line(front, Colours.INK, 1.2, false));
    rows.forEach(row -> marks.add(new Mark.Line(curve(row), setting.colour(row), 2.6, false)));
    points.forEach(
        (row, point) -> marks.add(new Mark.Dots(List.of(point), setting.colour(row), 4.5)));
    elbow.ifPresent(at -> marks.add(new Mark.Ring(at, "elbow: " + setting.words(row(points, at)))));
    String words =
        "Rate against distortion of %d trials, %s images".formatted(points.size(), split);
    return new Figure(
        name,
        "Rate and distortion" + (of.isEmpty() ? "" : ", " + of),
        caption(elbow.isPresent()),
        Drawing.large(new Panel("", x, y, marks), setting.legend(), words),
        csv(points, front, elbow));
  }

  /** What one model can be at each weight of its KL term; empty for a model of one weight. */
  private List<Point> curve(Row row) {
    return curves.getOrDefault(row.trial(), List.of()).stream()
        .map(RateCurve.Point::figures)
        .map(
            figures ->
                new Point(
                    figures.getOrDefault(split + "_kl", Double.NaN),
                    figures.getOrDefault(split + "_reconstruction", Double.NaN)))
        .toList();
  }

  private String caption(boolean hasElbow) {
    return "Each dot is a trial, every seed shown, on the %s images. The line joins the trials that no other beats in both (the"
            .formatted(split)
        + " Pareto front); along a dashed line −ELBO is the same."
        + (curves.isEmpty() ? "" : " A thick line is one model at all the weights that it is for.")
        + (hasElbow ? " The ring is the front's elbow, farthest below the chord of its ends." : "");
  }

  private Map<Row, Point> points(List<Row> rows) {
    Map<Row, Point> points = new LinkedHashMap<>();
    for (Row row : rows) {
      Point point = new Point(row.figure(split + "_kl"), row.figure(split + "_reconstruction"));
      if (point.isFinite()) {
        points.put(row, point);
      }
    }
    return points;
  }

  private static Row row(Map<Row, Point> points, Point point) {
    return points.entrySet().stream()
        .filter(entry -> entry.getValue().equals(point))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  private static List<Mark> diagonals(Axis x, Axis y) {
    List<Mark> marks = new ArrayList<>();
    Axis sums = new Axis("", x.low() + y.low(), x.high() + y.high(), false);
    for (double sum : sums.marks(7)) {
      List<Point> line = new ArrayList<>();
      for (int i = 0; i <= 100; i++) {
        double share = i / 100.0;
        double at =
            x.logarithmic()
                ? x.low() * Math.pow(x.high() / x.low(), share)
                : x.low() + share * (x.high() - x.low());
        if (y.holds(sum - at)) {
          line.add(new Point(at, sum - at));
        }
      }
      if (line.size() > 12) {
        marks.add(new Mark.Line(line, Colours.FAINT, 1, true));
        marks.add(new Mark.Words(line.get(line.size() - 9), "−ELBO " + PlainText.of(sum)));
      }
    }
    return marks;
  }

  private String csv(Map<Row, Point> points, List<Point> front, Optional<Point> elbow) {
    List<String> header = new ArrayList<>(List.of("trial", "seed"));
    header.addAll(results.parameters());
    header.addAll(List.of("rate", "distortion", "loss", "front", "elbow", "curve_beta"));
    StringBuilder text = new StringBuilder(Csv.line(header));
    points.forEach(
        (row, point) -> {
          List<String> cells = new ArrayList<>();
          cells.add("%04d".formatted(row.trial()));
          cells.add(String.valueOf(row.seed()));
          results.parameters().forEach(p -> cells.add(row.parameters().getOrDefault(p, "")));
          cells.add(PlainText.of(point.x()));
          cells.add(PlainText.of(point.y()));
          cells.add(PlainText.of(row.figure(split + "_loss")));
          cells.add(String.valueOf(front.contains(point)));
          cells.add(String.valueOf(elbow.filter(point::equals).isPresent()));
          cells.add("");
          text.append(Csv.line(cells));
          curves.getOrDefault(row.trial(), List.of()).forEach(at -> text.append(line(row, at)));
        });
    return text.toString();
  }

  private String line(Row row, RateCurve.Point at) {
    List<String> cells = new ArrayList<>();
    cells.add("%04d".formatted(row.trial()));
    cells.add(String.valueOf(row.seed()));
    results.parameters().forEach(p -> cells.add(row.parameters().getOrDefault(p, "")));
    for (String term : List.of("_kl", "_reconstruction", "_loss")) {
      cells.add(PlainText.of(at.figures().getOrDefault(split + term, Double.NaN)));
    }
    cells.addAll(List.of("false", "false", PlainText.of(at.beta())));
    return Csv.line(cells);
  }
}
