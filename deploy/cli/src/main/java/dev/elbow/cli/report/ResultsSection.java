package dev.elbow.cli.report;

import dev.elbow.coordinator.results.Configuration;
import dev.elbow.coordinator.results.Results;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The configurations of a sweep as a table, the best first. */
final class ResultsSection {
  private static final int MOST = 40;

  private final Results results;
  private final List<Configuration> configurations;

  ResultsSection(Results results) {
    this.results = results;
    Comparator<Configuration> order =
        Comparator.comparing(c -> mean(c, results.goal().column()), results.goal().bestFirst());
    this.configurations = results.configurations().stream().sorted(order).toList();
  }

  private static List<String> losses(Results results) {
    Set<String> columns = new LinkedHashSet<>();
    columns.add(results.goal().column());
    columns.addAll(List.of("test_loss", "test_reconstruction", "test_kl", "active_units"));
    return List.copyOf(columns);
  }

  private static double mean(Configuration configuration, String column) {
    return configuration.spread(column).mean();
  }

  String words() {
    int hidden = configurations.size() - MOST;
    return "One row for each configuration, the best by %s first: mean ± standard deviation over its runs. Losses are nats per"
            .formatted(results.goal().column())
        + " image; loss = reconstruction + KL, unweighted whatever was trained."
        + (hidden > 0 ? " %d more are in results.csv.".formatted(hidden) : "");
  }

  /** A table of the configurations. */
  record Table(List<String> header, List<List<String>> rows) {}

  /** The goal and the losses. */
  Table losses() {
    return table(losses(results));
  }

  /** The scores; without columns for them where there are none. */
  Table scores() {
    return table(results.scores());
  }

  private Table table(List<String> columns) {
    List<String> header = new ArrayList<>(results.parameters());
    header.add("runs");
    columns.forEach(column -> header.add(column.replace('_', ' ')));
    return new Table(
        header, configurations.stream().limit(MOST).map(each -> row(each, columns)).toList());
  }

  private List<String> row(Configuration configuration, List<String> columns) {
    List<String> cells = new ArrayList<>();
    results.parameters().forEach(p -> cells.add(configuration.parameters().getOrDefault(p, "")));
    cells.add(String.valueOf(configuration.runs().size()));
    columns.forEach(column -> cells.add(text(configuration.spread(column))));
    return cells;
  }

  private static String text(Configuration.Spread spread) {
    String format = format(spread.mean());
    return Double.isNaN(spread.deviation())
        ? figure(spread.mean())
        : String.format(Locale.ROOT, format + " ± " + format, spread.mean(), spread.deviation());
  }

  /** Two decimals, three below 1; empty text for what is not known. */
  static String figure(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, format(value), value) : "";
  }

  private static String format(double value) {
    return Math.abs(value) < 1 ? "%.3f" : "%.2f";
  }
}
