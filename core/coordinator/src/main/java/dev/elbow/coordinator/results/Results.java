package dev.elbow.coordinator.results;

import dev.elbow.coordinator.sweep.Goal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The results of a sweep: what {@code results.csv} holds. Immutable.
 *
 * @param sweep its name
 * @param parameters names of the varied parameters, in file order
 * @param goal what decides which trial is best
 * @param rows the trials that have ended, in the order asked for
 */
public record Results(String sweep, List<String> parameters, Goal goal, List<Row> rows) {
  /** The columns that hold figures, in their order. */
  public static final List<String> FIGURES = Goal.COLUMNS;

  public Results {
    parameters = List.copyOf(parameters);
    rows = List.copyOf(rows);
  }

  /**
   * Reads the results of a sweep, whether or not a coordinator runs.
   *
   * @param folder of the sweep, below the results folder
   * @throws java.nio.file.NoSuchFileException if there is no sweep in it
   * @throws IOException if a file cannot be read or is not what a coordinator writes
   */
  public static Results read(Path folder) throws IOException {
    return ResultsFile.read(folder);
  }

  /** The same, best trial first; those without the goal's figure last. */
  public Results bestFirst() {
    return new Results(sweep, parameters, goal, rows.stream().sorted(Row.bestFirst(goal)).toList());
  }

  /** The rows by configuration, in the order of the first row of each. */
  public List<Configuration> configurations() {
    Map<Map<String, String>, List<Row>> groups = new LinkedHashMap<>();
    rows.forEach(row -> groups.computeIfAbsent(row.parameters(), k -> new ArrayList<>()).add(row));
    return groups.entrySet().stream()
        .map(group -> new Configuration(group.getKey(), group.getValue()))
        .toList();
  }

  /** The columns of scores that were computed later, which follow all others. */
  public List<String> scores() {
    return rows.stream()
        .flatMap(row -> row.figures().keySet().stream())
        .filter(column -> !FIGURES.contains(column))
        .distinct()
        .toList();
  }

  /**
   * The same with scores.
   *
   * @param scores of a sweep; those of other attempts than a row's are left out
   */
  public Results with(ScoreTable scores) {
    List<Row> scored = rows.stream().map(scores::added).toList();
    return new Results(sweep, parameters, goal, scored);
  }

  /** The text of {@code results.csv}: rows in the order they have here. */
  public String csv() {
    return ResultsFile.csv(this);
  }
}
