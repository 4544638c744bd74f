package dev.elbow.coordinator.results;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.elbow.coordinator.sweep.FileContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The scores of a sweep's trials. Those that were computed later are what {@code scores.csv} holds,
 * from where a coordinator that writes {@code results.csv} anew knows them. Not thread-safe.
 */
public final class ScoreTable {
  private static final String FILE = "scores.csv";
  private static final List<String> BEFORE = List.of("trial", "attempts");

  private final Map<Integer, Scored> trials = new TreeMap<>();
  private final Set<String> columns = new LinkedHashSet<>();

  /** Without any scores. */
  public ScoreTable() {
    this(List.of());
  }

  /**
   * Without any scores yet.
   *
   * @param columns that there will be
   */
  public ScoreTable(List<String> columns) {
    this.columns.addAll(columns);
  }

  /**
   * The scores of a trial.
   *
   * @param attempts of the trial when it was scored: after a retry it is another model
   */
  private record Scored(int attempts, Map<String, Double> figures) {}

  /**
   * The scores of the sweep in {@code folder}; without any where there is no file.
   *
   * @throws IOException if the file cannot be read or is no table of scores
   */
  public static ScoreTable read(Path folder) throws IOException {
    ScoreTable table = new ScoreTable();
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return table;
    }
    List<String[]> lines = ResultsFile.table(new String(FileContent.read(file), UTF_8));
    for (String[] cells : lines.subList(Math.min(1, lines.size()), lines.size())) {
      table.read(lines.get(0), cells, file);
    }
    return table;
  }

  private void read(String[] header, String[] cells, Path file) throws IOException {
    try {
      Map<String, Double> figures = new LinkedHashMap<>();
      for (int i = BEFORE.size(); i < cells.length; i++) {
        if (!cells[i].isEmpty()) {
          figures.put(header[i], Double.valueOf(cells[i]));
        }
      }
      put(Integer.parseInt(cells[0]), Integer.parseInt(cells[1]), figures);
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new IOException(file + ": is no table of scores: " + e.getMessage(), e);
    }
  }

  /**
   * Adds scores of a trial to those of the same attempt, or puts them into the place of others.
   *
   * @param figures by column; what is not finite is left out
   */
  public void put(int trial, int attempts, Map<String, Double> figures) {
    Map<String, Double> all = new LinkedHashMap<>();
    Scored former = trials.get(trial);
    if (former != null && former.attempts() == attempts) {
      all.putAll(former.figures());
    }
    all.putAll(figures);
    all.values().removeIf(figure -> !Double.isFinite(figure));
    columns.addAll(figures.keySet());
    trials.put(trial, new Scored(attempts, all));
  }

  /** Takes the scores of a trial out, if it has some. */
  public void remove(int trial) {
    trials.remove(trial);
  }

  /** These, and behind them others, which stand in the place of these where they have a column. */
  public ScoreTable with(ScoreTable later) {
    ScoreTable all = new ScoreTable(List.copyOf(columns));
    all.columns.addAll(later.columns);
    all.trials.putAll(trials);
    later.trials.forEach((trial, scored) -> all.put(trial, scored.attempts(), scored.figures()));
    return all;
  }

  /** The columns, in their order. */
  public List<String> columns() {
    return List.copyOf(columns);
  }

  /** The scores of a trial as it was after so many attempts, in the order of the columns. */
  public Map<String, Double> figures(int trial, int attempts) {
    Map<String, Double> figures = new LinkedHashMap<>();
    Scored scored = trials.get(trial);
    if (scored != null && scored.attempts() == attempts) {
      columns.stream()
          .filter(scored.figures()::containsKey)
          .forEach(column -> figures.put(column, scored.figures().get(column)));
    }
    return figures;
  }

  /** A row with its scores behind its figures. */
  Row added(Row row) {
    Map<String, Double> figures = new LinkedHashMap<>(row.figures());
    figures.putAll(figures(row.trial(), row.attempts()));
    return new Row(
        row.trial(),
        row.state(),
        row.attempts(),
        row.seed(),
        row.parameters(),
        figures,
        row.failure(),
        row.message());
  }

  /**
   * Lines of {@code results.csv} with columns of scores at their right end.
   *
   * @param lines without scores, the columns' names first, each with its line break
   */
  public Iterable<String> joined(Iterable<String> lines) {
    if (columns.isEmpty()) {
      return lines;
    }
    List<String> joined = new ArrayList<>();
    for (String line : lines) {
      String[] cells = line.split(",", 4);
      List<String> added = joined.isEmpty() ? List.copyOf(columns) : cells(cells[0], cells[2]);
      joined.add(line.stripTrailing() + "," + ResultsFile.text(added));
    }
    return joined;
  }

  private List<String> cells(String trial, String attempts) {
    Map<String, Double> known = figures(Integer.parseInt(trial), Integer.parseInt(attempts));
    return columns.stream().map(column -> text(known, column)).toList();
  }

  private static String text(Map<String, Double> figures, String column) {
    return PlainText.of(figures.getOrDefault(column, Double.NaN));
  }

  /** The text of {@code scores.csv}. */
  public String csv() {
    List<String> header = new ArrayList<>(BEFORE);
    header.addAll(columns);
    StringBuilder text = new StringBuilder(ResultsFile.text(header));
    trials.forEach(
        (trial, scored) -> {
          List<String> cells = new ArrayList<>();
          cells.add("%04d".formatted(trial));
          cells.add(String.valueOf(scored.attempts()));
          columns.forEach(column -> cells.add(text(scored.figures(), column)));
          text.append(ResultsFile.text(cells));
        });
    return text.toString();
  }

  /** Where it is kept in the folder of a sweep. */
  public static Path file(Path folder) {
    return folder.resolve(FILE);
  }
}
