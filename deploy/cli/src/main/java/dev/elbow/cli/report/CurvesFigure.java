package dev.elbow.cli.report;

import dev.elbow.coordinator.client.CurvePoint;
import dev.elbow.coordinator.results.Results;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Learning curves: loss, reconstruction and KL of every trial, side by side. */
final class CurvesFigure {
  private static final List<String> MEASURES = List.of("loss", "reconstruction", "kl");

  private final Results results;
  private final List<TrialCurve> curves;
  private final Setting setting;
  private final String split;
  private final boolean bySteps;

  CurvesFigure(Results results, List<TrialCurve> curves) {
    this.results = results;
    this.curves = curves;
    this.setting = Setting.of(results);
    boolean validated = curves.stream().anyMatch(c -> last(c, "validation_loss") != null);
    this.split = validated ? "validation" : "test";
    this.bySteps = curves.stream().anyMatch(CurvesFigure::isWithinEpochs);
  }

  // Where steps count, one epoch may have several evaluations, or an evaluation several epochs.
  private static boolean isWithinEpochs(TrialCurve curve) {
    long epochs = curve.points().stream().map(CurvePoint::epoch).distinct().count();
    return epochs < curve.points().size()
        && curve.points().stream().allMatch(point -> point.step() > 0);
  }

  private static Double last(TrialCurve curve, String figure) {
    int count = curve.points().size();
    return count == 0 ? null : curve.points().get(count - 1).figures().get(figure);
  }

  Figure figure() {
    List<Panel> panels = MEASURES.stream().map(this::panel).toList();
    String words = "Learning curves of %d trials on %s images".formatted(curves.size(), split);
    String caption =
        "Every trial from evaluation to evaluation on the %s images, in nats per image; loss = reconstruction"
            + " + KL, unweighted. Values far above the last ones, as those of the first epochs, are cut off.";
    return new Figure(
        "curves",
        "Learning curves",
        caption.formatted(split),
        Drawing.svg(panels, setting.legend(), words),
        new CurveTable(results.sweep(), results.parameters(), curves).csv());
  }

  private Panel panel(String measure) {
    String column = split + "_" + measure;
    List<Mark> lines = new ArrayList<>();
    List<Double> times = new ArrayList<>();
    List<Double> shown = new ArrayList<>();
    for (TrialCurve curve : curves) {
      List<Point> points = points(curve, column);
      points.forEach(point -> times.add(point.x()));
      settled(points).forEach(point -> shown.add(point.y()));
      String colour = setting.colour(curve.row());
      if (points.size() == 1) {
        lines.add(new Mark.Dots(points, colour, 3));
      }
      lines.add(new Mark.Line(points, colour, curves.size() > 60 ? 0.8 : 1.4, false));
    }
    return new Panel(
        measure.equals("kl") ? "KL" : measure, timeAxis(times), axis(split, shown), lines);
  }

  private Axis timeAxis(Collection<Double> times) {
    double last = times.stream().mapToDouble(t -> t).max().orElse(1);
    double first = times.stream().mapToDouble(t -> t).min().orElse(0);
    return new Axis(bySteps ? "step" : "epoch", first, last > first ? last : first + 1, false);
  }

  private static Axis axis(String split, Collection<Double> values) {
    return Axis.around(split + ", nats per image", values);
  }

  private List<Point> points(TrialCurve curve, String column) {
    return curve.points().stream()
        .filter(point -> point.figures().containsKey(column))
        .map(point -> new Point(time(point), point.figures().get(column)))
        .toList();
  }

  private double time(CurvePoint point) {
    return bySteps ? point.step() : point.epoch();
  }

  // The first evaluations are so high that what matters later would be a flat line.
  private static List<Point> settled(List<Point> points) {
    int from = points.size() < 5 ? 0 : points.size() / 5;
    return points.subList(from, points.size());
  }
}
