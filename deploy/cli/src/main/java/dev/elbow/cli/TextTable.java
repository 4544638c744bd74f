package dev.elbow.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rows of text in columns as wide as they need to be; columns of figures are set to the right.
 *
 * @param header the columns' names
 * @param rows as many cells each as the header has
 */
record TextTable(List<String> header, List<List<String>> rows) {
  private static final String GAP = "  ";

  TextTable {
    header = List.copyOf(header);
    rows = rows.stream().map(List::copyOf).toList();
  }

  /** The header, a rule and the rows, without trailing blanks. */
  List<String> lines() {
    List<Integer> widths = columns().mapToObj(this::width).toList();
    List<Boolean> figures = columns().mapToObj(this::holdsFigures).toList();
    List<String> lines = new ArrayList<>();
    lines.add(line(header, widths, figures));
    lines.add(widths.stream().map("─"::repeat).collect(Collectors.joining(GAP)));
    rows.forEach(row -> lines.add(line(row, widths, figures)));
    return lines;
  }

  private IntStream columns() {
    return IntStream.range(0, header.size());
  }

  private int width(int column) {
    int widest = rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    return Math.max(widest, header.get(column).length());
  }

  private boolean holdsFigures(int column) {
    return rows.stream()
        .map(row -> row.get(column))
        .allMatch(cell -> cell.matches("[-+0-9.,eE ±]*"));
  }

  private static String line(List<String> cells, List<Integer> widths, List<Boolean> figures) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String blanks = " ".repeat(widths.get(i) - cells.get(i).length());
      line.append(i == 0 ? "" : GAP);
      line.append(figures.get(i) ? blanks + cells.get(i) : cells.get(i) + blanks);
    }
    return line.toString().stripTrailing();
  }
}
