package dev.elbow.cli;

import dev.elbow.api.data.DatasetDescription;
import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.Options;
import dev.elbow.api.plugin.Score;
import dev.elbow.api.score.ScoredModel;
import dev.elbow.catalog.Catalog;
import dev.elbow.catalog.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** The scores that somebody asked for, with their options. */
record ChosenScores(List<Chosen> scores) {

  /** A score and all its options. */
  record Chosen(Score score, Options options) {}

  /**
   * Reads {@code mig,sap} or {@code {mig: {bins: 50}, sap: {}}}.
   *
   * @throws CommandException with all problems
   */
  static ChosenScores read(String text, Catalog catalog) throws CommandException {
    List<String> problems = new ArrayList<>();
    List<Chosen> chosen = new ArrayList<>();
    named(text, problems).forEach((name, given) -> add(name, given, catalog, chosen, problems));
    if (problems.isEmpty() && chosen.isEmpty()) {
      problems.add("--scores: names no score");
    }
    if (!problems.isEmpty()) {
      throw refused(problems);
    }
    return new ChosenScores(chosen);
  }

  private static Map<String, Object> named(String text, List<String> problems) {
    Map<String, Object> named = new LinkedHashMap<>();
    if (!text.strip().startsWith("{")) {
      for (String name : text.split(",")) {
        named.put(name.strip(), Map.of());
      }
      return named;
    }
    try {
      Object parsed = new Load(LoadSettings.builder().build()).loadFromString(text);
      ((Map<?, ?>) parsed).forEach((name, options) -> named.put(String.valueOf(name), options));
    } catch (YamlEngineException e) {
      problems.add(
          "--scores: found '%s', expected names as in mig,sap or a map as in {mig: {bins: 50}}"
              .formatted(text));
    }
    return named;
  }

  private static void add(
      String name, Object given, Catalog catalog, List<Chosen> chosen, List<String> problems) {
    Score score = catalog.find(Kind.SCORE, name).orElse(null);
    if (score == null) {
      String known = Options.unknown("score", name, catalog.names(Kind.SCORE));
      problems.add("--scores: '%s': %s".formatted(name, known));
      return;
    }
    Map<String, Object> options = new LinkedHashMap<>();
    if (given instanceof Map<?, ?> map) {
      map.forEach((key, value) -> options.put(String.valueOf(key), value));
    } else if (given != null) {
      problems.add("--scores: %s: found %s, expected a map of options".formatted(name, given));
    }
    Options.Checked checked = Options.check(score.options(), options);
    checked
        .problems()
        .forEach(p -> problems.add("--scores: %s.%s: %s".formatted(name, p.option(), p.message())));
    chosen.add(new Chosen(score, checked.options()));
  }

  /** Why scores cannot be computed on such data, one line each. */
  List<String> problems(DatasetDescription data) {
    List<String> problems = new ArrayList<>();
    for (Chosen chosen : scores) {
      chosen
          .score()
          .problem(data, chosen.options())
          .ifPresent(why -> problems.add("--scores: %s %s".formatted(chosen.score().name(), why)));
    }
    return problems;
  }

  /**
   * All figures of a model, by column: figures of one column were computed in one way.
   *
   * @param suffix of every column
   */
  Map<String, Double> compute(ScoredModel model, String suffix) {
    Map<String, Double> figures = new LinkedHashMap<>();
    for (Chosen chosen : scores) {
      Map<String, Double> computed = chosen.score().compute(model, chosen.options());
      for (String column : chosen.score().columns()) {
        figures.put(column + suffix + unusual(chosen), computed.get(column));
      }
    }
    return figures;
  }

  /** The options that differ from their defaults: {@code _bins_50}. */
  private static String unusual(Chosen chosen) {
    StringBuilder text = new StringBuilder();
    for (Option option : chosen.score().options()) {
      Object value = chosen.options().values().get(option.name());
      if (!Optional.of(value).equals(option.defaultValue())) {
        text.append('_').append(option.name()).append('_').append(OptionText.of(value));
      }
    }
    return text.toString()
        .replaceAll("([A-Z])", "_$1")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9_]+", "_");
  }

  static CommandException refused(List<String> problems) {
    List<String> lines = new ArrayList<>(problems);
    lines.add("Nothing was evaluated.");
    return CommandException.badInput(lines);
  }
}
