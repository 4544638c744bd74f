package dev.elbow.coordinator.results;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import dev.elbow.coordinator.sweep.FileContent;
import dev.elbow.coordinator.sweep.Goal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes and reads {@code results.csv}. */
final class ResultsFile {
  private static final CsvMapper CSV =
      CsvMapper.builder()
          .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
          .enable(CsvParser.Feature.WRAP_AS_ARRAY)
          .build();
  private static final ObjectWriter WRITER = CSV.writer(CSV.schema().withLineSeparator("\n"));
  private static final List<String> BEFORE = List.of("trial", "state", "attempts", "seed");
  private static final List<String> AFTER = List.of("failure", "message");

  // The second of the figures, because no option can have its name.
  private static final String MARK = Results.FIGURES.get(1);

  private ResultsFile() {}

  static String csv(Results results) {
    List<String> scores = results.scores();
    List<String> header = columns(results.parameters());
    header.addAll(scores);
    StringBuilder text = new StringBuilder(line(header));
    for (Row row : results.rows()) {
      List<String> cells = cells(row, results.parameters());
      scores.forEach(column -> cells.add(PlainText.of(row.figure(column))));
      text.append(line(cells));
    }
    return text.toString();
  }

  /** The first line, with its line break. */
  static String header(List<String> parameters) {
    return line(columns(parameters));
  }

  /** The line of a trial, with its line break. */
  static String line(Row row, List<String> parameters) {
    return line(cells(row, parameters));
  }

  private static String line(List<String> cells) {
    try {
      return WRITER.writeValueAsString(cells);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("every text can be a cell", e);
    }
  }

  private static List<String> columns(List<String> parameters) {
    List<String> columns = new ArrayList<>(BEFORE);
    columns.addAll(parameters);
    columns.addAll(Results.FIGURES);
    columns.addAll(AFTER);
    return columns;
  }

  private static List<String> cells(Row row, List<String> parameters) {
    List<String> cells = new ArrayList<>();
    cells.add("%04d".formatted(row.trial()));
    cells.add(row.state());
    cells.add(String.valueOf(row.attempts()));
    cells.add(String.valueOf(row.seed()));
    parameters.forEach(name -> cells.add(row.parameters().getOrDefault(name, "")));
    Results.FIGURES.forEach(column -> cells.add(PlainText.of(row.figure(column))));
    cells.add(row.failure());
    cells.add(row.message());
    return cells;
  }

  static Results read(Path folder) throws IOException {
    String sweep = folder.getFileName().toString();
    Path file = folder.resolve("results.csv");
    List<String[]> lines = lines(new String(FileContent.read(file), UTF_8));
    int mark = lines.isEmpty() ? -1 : List.of(lines.get(0)).indexOf(MARK);
    if (mark < BEFORE.size() + 1) {
      throw new IOException(file + ": has no column '" + MARK + "', so it is no table of results");
    }
    List<String> header = List.of(lines.get(0));
    List<String> parameters = header.subList(BEFORE.size(), mark - 1);
    int base = columns(parameters).size();
    List<String> scores = header.subList(Math.min(base, header.size()), header.size());
    List<Row> rows = new ArrayList<>();
    for (String[] cells : lines.subList(1, lines.size())) {
      rows.add(row(cells, parameters, scores, file));
    }
    boolean split = rows.stream().anyMatch(row -> Double.isFinite(row.figure("validation_loss")));
    return new Results(sweep, parameters, Goal.read(folder.resolve("sweep.yaml"), split), rows);
  }

  private static List<String[]> lines(String text) throws IOException {
    ObjectReader reader = CSV.readerFor(String[].class);
    try (MappingIterator<String[]> lines = reader.readValues(text)) {
      return lines.readAll();
    }
  }

  private static Row row(String[] cells, List<String> parameters, List<String> scores, Path file)
      throws IOException {
    int figures = BEFORE.size() + parameters.size();
    int after = figures + Results.FIGURES.size();
    if (cells.length < after + AFTER.size()) {
      throw new IOException(file + ": a line has %d cells".formatted(cells.length));
    }
    try {
      return new Row(
          Integer.parseInt(cells[0]),
          cells[1],
          Integer.parseInt(cells[2]),
          Long.parseLong(cells[3]),
          texts(cells, parameters),
          figures(cells, figures, scores),
          cells[after],
          cells[after + 1]);
    } catch (NumberFormatException e) {
      throw new IOException(file + ": trial " + cells[0] + ": " + e.getMessage(), e);
    }
  }

  private static Map<String, String> texts(String[] cells, List<String> parameters) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (int i = 0; i < parameters.size(); i++) {
      texts.put(parameters.get(i), cells[BEFORE.size() + i]);
    }
    return texts;
  }

  private static Map<String, Double> figures(String[] cells, int first, List<String> scores) {
    Map<String, Double> figures = new LinkedHashMap<>();
    put(cells, first, Results.FIGURES, figures);
    put(cells, first + Results.FIGURES.size() + AFTER.size(), scores, figures);
    return figures;
  }

  private static void put(
      String[] cells, int first, List<String> columns, Map<String, Double> figures) {
    for (int i = 0; i < columns.size() && first + i < cells.length; i++) {
      String cell = cells[first + i];
      if (!cell.isEmpty()) {
        figures.put(columns.get(i), Double.valueOf(cell));
      }
    }
  }

  /** The columns and cells of any table. */
  static List<String[]> table(String text) throws IOException {
    return lines(text);
  }

  /** A line of any table, with its line break. */
  static String text(List<String> cells) {
    return line(cells);
  }
}
