package dev.elbow.cli.report;

import dev.elbow.coordinator.results.Results;
import dev.elbow.coordinator.results.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** The varied parameters of a sweep in words, figures and colours. */
final class Setting {
  private static final int MOST_LABELS = 12;

  private final List<String> varied;
  private final List<String> labelled;
  private final Map<String, String> colours;

  private Setting(List<String> varied, List<String> labelled, Map<String, String> colours) {
    this.varied = varied;
    this.labelled = labelled;
    this.colours = colours;
  }

  /** Those of a sweep, by its trials that have ended. */
  static Setting of(Results results) {
    List<String> varied =
        results.parameters().stream().filter(name -> values(results, name).size() > 1).toList();
    List<String> labelled = varied;
    // So many colours would tell nobody anything: the parameter of most values has to do.
    if (labels(results, labelled).size() > MOST_LABELS) {
      labelled = leading(results, varied).stream().toList();
    }
    List<String> labels = labels(results, labelled);
    boolean ordered = labelled.size() == 1 && isFigures(results, labelled.get(0));
    return new Setting(varied, labelled, Colours.of(labels, ordered));
  }

  private static java.util.Optional<String> leading(Results results, List<String> varied) {
    return varied.contains("beta")
        ? java.util.Optional.of("beta")
        : varied.stream().max(Comparator.comparingInt(name -> values(results, name).size()));
  }

  private static List<String> values(Results results, String name) {
    return results.rows().stream()
        .map(row -> row.parameters().getOrDefault(name, ""))
        .distinct()
        .toList();
  }

  private static List<String> labels(Results results, List<String> names) {
    Comparator<Row> order = Comparator.comparing(row -> 0);
    for (String name : names) {
      order = order.thenComparing(row -> figure(row, name).orElse(Double.MAX_VALUE));
    }
    return results.rows().stream()
        .sorted(order.thenComparing(Row::trial))
        .map(row -> words(row, names))
        .distinct()
        .toList();
  }

  private static boolean isFigures(Results results, String name) {
    return values(results, name).stream()
        .filter(text -> !text.isEmpty())
        .allMatch(text -> number(text).isPresent());
  }

  private static OptionalDouble number(String text) {
    try {
      return OptionalDouble.of(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }

  /** The value of a parameter, if it is a figure. */
  static OptionalDouble figure(Row row, String name) {
    return number(row.parameters().getOrDefault(name, ""));
  }

  private static String words(Row row, List<String> names) {
    List<String> words = new ArrayList<>();
    for (String name : names) {
      String text = row.parameters().getOrDefault(name, "");
      if (!text.isEmpty()) {
        // Of names as objective.plugin the value says enough.
        words.add(number(text).isPresent() ? shortName(name) + " " + text : text);
      }
    }
    return words.isEmpty() ? "all trials" : String.join(", ", words);
  }

  private static String shortName(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** What tells the configuration of a trial from others: {@code tcvae, beta 4}. */
  String words(Row row) {
    return words(row, varied);
  }

  /** The label of a trial's colour. */
  String label(Row row) {
    return words(row, labelled);
  }

  /** The colour of a trial. */
  String colour(Row row) {
    return colours.get(label(row));
  }

  /** Colours by label, in the order of a legend. */
  Map<String, String> legend() {
    return colours;
  }

  /** The varied parameters whose values are figures. */
  List<String> figures(Results results) {
    return varied.stream()
        .filter(name -> isFigures(results, name))
        .filter(name -> values(results, name).stream().filter(v -> !v.isEmpty()).count() > 1)
        .toList();
  }

  /** Rows that differ in nothing but this parameter and the seed, by what tells them apart. */
  Map<String, List<Row>> groups(List<Row> rows, String parameter) {
    List<String> rest = varied.stream().filter(name -> !name.equals(parameter)).toList();
    return rows.stream()
        .filter(row -> figure(row, parameter).isPresent())
        .collect(
            Collectors.groupingBy(
                row -> rest.isEmpty() ? "" : words(row, rest),
                LinkedHashMap::new,
                Collectors.toList()));
  }
}
