package dev.elbow.cli.report;

import dev.elbow.coordinator.client.CurvePoint;
import dev.elbow.coordinator.results.PlainText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The curves of a sweep as one long table, a row for each trial, evaluation and split: what pandas,
 * R and plotting libraries group and filter without further work.
 *
 * <p>Figures of a split lose its name: {@code test_kl} is {@code kl} in the rows of {@code test}.
 * Those of no split, as {@code seconds}, stand in every row.
 */
public final class CurveTable {
  private static final List<String> SPLITS = List.of("train", "validation", "test");
  private static final List<String> BEFORE = List.of("sweep", "trial", "state", "seed");
  private static final List<String> PLACE = List.of("epoch", "step", "split");

  private final String sweep;
  private final List<String> parameters;
  private final List<TrialCurve> curves;
  private final Set<String> measures = new LinkedHashSet<>();
  private final Set<String> others = new LinkedHashSet<>();

  /**
   * @param parameters names of the varied parameters, in file order
   */
  public CurveTable(String sweep, List<String> parameters, List<TrialCurve> curves) {
    this.sweep = sweep;
    this.parameters = List.copyOf(parameters);
    this.curves = List.copyOf(curves);
    curves.stream()
        .flatMap(curve -> curve.points().stream())
        .flatMap(point -> point.figures().keySet().stream())
        .forEach(this::addColumn);
  }

  private void addColumn(String figure) {
    for (String split : SPLITS) {
      if (figure.startsWith(split + "_")) {
        measures.add(figure.substring(split.length() + 1));
        return;
      }
    }
    others.add(figure);
  }

  /** The columns' names. */
  public List<String> header() {
    List<String> header = new ArrayList<>(BEFORE);
    header.addAll(parameters);
    header.addAll(PLACE);
    header.addAll(measures);
    header.addAll(others);
    return header;
  }

  /** Its rows by column; cells without a value are empty text. */
  public List<Map<String, String>> rows() {
    List<Map<String, String>> rows = new ArrayList<>();
    for (TrialCurve curve : curves) {
      for (CurvePoint point : curve.points()) {
        SPLITS.stream()
            .filter(split -> measures.stream().anyMatch(m -> has(point, split, m)))
            .forEach(split -> rows.add(row(curve, point, split)));
      }
    }
    return rows;
  }

  private static boolean has(CurvePoint point, String split, String measure) {
    return point.figures().containsKey(split + "_" + measure);
  }

  private Map<String, String> row(TrialCurve curve, CurvePoint point, String split) {
    Map<String, String> row = new LinkedHashMap<>();
    row.put("sweep", sweep);
    row.put("trial", "%04d".formatted(curve.row().trial()));
    row.put("state", curve.row().state());
    row.put("seed", String.valueOf(curve.row().seed()));
    parameters.forEach(name -> row.put(name, curve.row().parameters().getOrDefault(name, "")));
    row.put("epoch", String.valueOf(point.epoch()));
    row.put("step", point.step() == 0 ? "" : String.valueOf(point.step()));
    row.put("split", split);
    measures.forEach(measure -> row.put(measure, text(point, split + "_" + measure)));
    others.forEach(figure -> row.put(figure, text(point, figure)));
    return row;
  }

  private static String text(CurvePoint point, String figure) {
    return PlainText.of(point.figures().getOrDefault(figure, Double.NaN));
  }

  /** The whole as CSV. */
  public String csv() {
    List<String> header = header();
    StringBuilder text = new StringBuilder(Csv.line(header));
    rows().forEach(row -> text.append(Csv.line(header.stream().map(row::get).toList())));
    return text.toString();
  }
}
