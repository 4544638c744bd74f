package dev.elbow.cli.verify;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The figures of one setting, of all its seeds.
 *
 * @param figures at least one, in rising order
 */
record Range(List<Double> figures) {
  private static final int MOST = 5;

  Range {
    figures = figures.stream().sorted().toList();
  }

  private double least() {
    return figures.get(0);
  }

  private double most() {
    return figures.get(figures.size() - 1);
  }

  /** {@code <} or {@code >} where no figure of one is among those of the other, else {@code ~}. */
  static String sign(Range before, Range after) {
    if (before.most() < after.least()) {
      return "<";
    }
    return before.least() > after.most() ? ">" : "~";
  }

  /** All of them while they are few, else the first and the last. */
  String text() {
    return figures.size() <= MOST
        ? figures.stream().map(Range::text).collect(Collectors.joining(" "))
        : text(least()) + " … " + text(most());
  }

  /** Two decimals, three below 1, more where only those tell it from 0. */
  static String text(double figure) {
    double size = Math.abs(figure);
    String format = size >= 1 || size == 0 ? "%.2f" : size < 0.001 ? "%.1e" : "%.3f";
    return String.format(Locale.ROOT, format, figure).replaceAll("\\.00$", "");
  }
}
