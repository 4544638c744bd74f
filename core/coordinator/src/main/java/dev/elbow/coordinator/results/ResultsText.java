package dev.elbow.coordinator.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The text of {@code results.csv} line by line, so that a trial that ends costs its own line and
 * not the table. For one thread at a time.
 */
public final class ResultsText {
  private final List<String> parameters;
  private final Map<Integer, String> lines = new TreeMap<>();

  /**
   * A table without rows.
   *
   * @param parameters names of the varied parameters, in file order
   */
  public ResultsText(List<String> parameters) {
    this.parameters = List.copyOf(parameters);
  }

  /** Adds a row, or puts it into the place of the one that the trial had. */
  public void put(Row row) {
    lines.put(row.trial(), ResultsFile.line(row, parameters));
  }

  /** Takes the row of a trial out, if it has one. */
  public void remove(int trial) {
    lines.remove(trial);
  }

  /** The columns' names and the rows in the order of their trials, each with its line break. */
  public List<String> lines() {
    List<String> all = new ArrayList<>(lines.size() + 1);
    all.add(ResultsFile.header(parameters));
    all.addAll(lines.values());
    return all;
  }
}
