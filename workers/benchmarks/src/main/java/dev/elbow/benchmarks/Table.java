package dev.elbow.benchmarks;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rows of medians, with what they are to reach and what they reach. For one thread. */
final class Table {
  private static final List<String> HEAD =
      List.of("work", "Elbow", "beside", "figure", "least", "greatest", "must", "aim", "reached");

  private final List<List<String>> rows = new ArrayList<>(List.of(HEAD));

  /** A figure that stands for itself. */
  void add(Goal goal, Series figures) {
    rows.add(row(goal, "", "", figures));
  }

  /** What Elbow reaches, over what stands beside it. */
  void add(Goal goal, Series elbow, Series beside) {
    rows.add(row(goal, text(elbow.median()), text(beside.median()), elbow.over(beside)));
  }

  /** How many times as long as Elbow it takes what stands beside it. */
  void addTimes(Goal goal, Series elbow, Series beside) {
    rows.add(row(goal, text(elbow.median()), text(beside.median()), beside.over(elbow)));
  }

  /** A row that cannot be measured, and why. */
  void addMissing(Goal goal, String reason) {
    rows.add(
        List.of(goal.name(), "", "", reason, "", "", text(goal.must()), text(goal.aim()), "-"));
  }

  private static List<String> row(Goal goal, String elbow, String beside, Series figures) {
    double median = figures.median();
    return List.of(
        goal.name(),
        elbow,
        beside,
        text(median) + " " + goal.unit(),
        text(figures.least()),
        text(figures.greatest()),
        text(goal.must()),
        text(goal.aim()),
        goal.reached(median));
  }

  /** Three digits or more. */
  static String text(double figure) {
    double size = Math.abs(figure);
    int decimals = size < 10 ? 2 : size < 100 ? 1 : 0;
    return String.format(Locale.ROOT, "%,." + decimals + "f", figure);
  }

  void print(PrintStream out) {
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        String format = column == 0 ? "%-" + width(0) + "s" : "  %" + width(column) + "s";
        line.append(format.formatted(row.get(column)));
      }
      out.println(line.toString().stripTrailing());
    }
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
