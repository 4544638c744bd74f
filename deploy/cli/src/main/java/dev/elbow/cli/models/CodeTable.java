package dev.elbow.cli.models;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Codes as comma-separated values: those of {@code encode}, or plain numbers. */
final class CodeTable {
  private CodeTable() {}

  static byte[] header(int latent) {
    String columns =
        Stream.of("mu_", "logvar_")
            .flatMap(name -> IntStream.range(0, latent).mapToObj(i -> name + i))
            .collect(Collectors.joining(","));
    return ("name,label," + columns + "\n").getBytes(UTF_8);
  }

  static String row(ImageBatch batch, int index, float[] values) {
    StringBuilder row = new StringBuilder(quoted(batch.names().get(index)));
    row.append(',').append(batch.labels().get(index).map(CodeTable::quoted).orElse(""));
    for (float value : values) {
      row.append(',').append(value);
    }
    return row.append('\n').toString();
  }

  /** A cell as RFC 4180 has it. */
  static String quoted(String text) {
    return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  /**
   * Codes of a table or of an array.
   *
   * @param latent values of a code
   * @throws RefusedImages if the file has others
   */
  static float[] read(Path file, int latent) throws RefusedImages {
    try {
      return file.toString().endsWith(".npy") ? ofArray(file, latent) : ofTable(file, latent);
    } catch (BrokenImageException e) {
      throw new RefusedImages(List.of(file + ": " + e.getMessage()));
    }
  }

  private static float[] ofArray(Path file, int latent) throws BrokenImageException {
    Npy array = Npy.read(file);
    int[] shape = array.shape();
    boolean single = shape.length == 2 && shape[1] == latent;
    boolean pair = shape.length == 3 && shape[1] == 2 && shape[2] == latent;
    if (!single && !pair || shape[0] == 0) {
      throw new BrokenImageException(
          "has the shape %s, expected [codes, %d] or [codes, 2, %d] of encode"
              .formatted(Arrays.toString(shape), latent, latent));
    }
    int width = array.values().length / shape[0];
    float[] codes = new float[shape[0] * latent];
    for (int i = 0; i < shape[0]; i++) {
      System.arraycopy(array.values(), i * width, codes, i * latent, latent);
    }
    requireFinite(codes);
    return codes;
  }

  private static void requireFinite(float[] codes) throws BrokenImageException {
    for (float code : codes) {
      if (!Float.isFinite(code)) {
        throw new BrokenImageException("has the value %s, expected finite ones".formatted(code));
      }
    }
  }

  private static float[] ofTable(Path file, int latent) throws BrokenImageException {
    List<String> lines = lines(file);
    int first = isHeader(lines.get(0)) ? 1 : 0;
    int skipped = first == 1 ? before(lines.get(0), latent) : 0;
    float[] codes = new float[(lines.size() - first) * latent];
    for (int i = first; i < lines.size(); i++) {
      List<String> cells = cells(lines.get(i));
      boolean fits = first == 1 ? cells.size() >= skipped + latent : cells.size() == latent;
      if (!fits) {
        throw new BrokenImageException(
            "line %d has %d values, expected %d of a code"
                .formatted(i + 1, cells.size() - skipped, latent));
      }
      for (int j = 0; j < latent; j++) {
        codes[(i - first) * latent + j] = number(cells.get(skipped + j), i + 1);
      }
    }
    return codes;
  }

  private static List<String> lines(Path file) throws BrokenImageException {
    List<String> lines = readable(file);
    if (lines.isEmpty() || lines.size() == 1 && isHeader(lines.get(0))) {
      throw new BrokenImageException("has no codes");
    }
    return lines;
  }

  private static List<String> readable(Path file) throws BrokenImageException {
    try {
      return Files.readAllLines(file, UTF_8).stream().filter(line -> !line.isBlank()).toList();
    } catch (MalformedInputException e) {
      throw new BrokenImageException("is no text, expected a .csv or .npy file", e);
    } catch (IOException e) {
      throw new BrokenImageException("cannot be read: " + e, e);
    }
  }

  /** All rows of a table, the header first, which has at least one below it. */
  static List<List<String>> rows(Path file) throws BrokenImageException {
    List<List<String>> rows = readable(file).stream().map(CodeTable::cells).toList();
    if (rows.size() < 2) {
      throw new BrokenImageException("has no rows below its header");
    }
    return rows;
  }

  private static boolean isHeader(String line) {
    return cells(line).stream().anyMatch(cell -> cell.matches("(mu|z)_0"));
  }

  /** Columns before the first of the code. */
  private static int before(String header, int latent) throws BrokenImageException {
    List<String> cells = cells(header);
    for (String name : List.of("z_", "mu_")) {
      int found = cells.indexOf(name + "0");
      int last = cells.indexOf(name + (latent - 1));
      if (found >= 0 && last == found + latent - 1 && !cells.contains(name + latent)) {
        return found;
      }
    }
    throw new BrokenImageException(
        "has the columns %s, expected mu_0 to mu_%d (or z_): the model has %d latent dimensions"
            .formatted(
                String.join(", ", cells.subList(0, Math.min(8, cells.size()))),
                latent - 1,
                latent));
  }

  static float number(String cell, int line) throws BrokenImageException {
    try {
      float number = Float.parseFloat(cell.strip());
      if (Float.isFinite(number)) {
        return number;
      }
      throw new NumberFormatException();
    } catch (NumberFormatException e) {
      throw new BrokenImageException(
          "line %d: found '%s', expected a number".formatted(line, cell), e);
    }
  }

  // Names may hold commas, and then stand in quotes.
  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean inQuotes = false;
    for (char c : line.toCharArray()) {
      if (c == '"') {
        inQuotes = !inQuotes;
      } else if (c == ',' && !inQuotes) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }
}
