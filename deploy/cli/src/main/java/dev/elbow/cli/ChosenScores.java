package dev.elbow.cli;

import dev.elbow.api.PluginChoice;
import dev.elbow.api.network.Condition;
import dev.elbow.api.plugin.Options;
import dev.elbow.api.plugin.Score;
import dev.elbow.api.score.ScoreChoice;
import dev.elbow.api.score.ScoreSubject;
import dev.elbow.catalog.Catalog;
import dev.elbow.catalog.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The scores that somebody asked for.
 *
 * @param problems with what was asked, one line each
 */
record ChosenScores(Catalog catalog, List<ScoreChoice> scores, List<String> problems) {

  /**
   * Reads {@code mig,sap} or {@code {mig: {bins: 50}, sap: {}}}.
   *
   * @param usual options of every score that does not say others
   */
  static ChosenScores read(String text, Map<String, Object> usual, Catalog catalog) {
    ChosenScores chosen = new ChosenScores(catalog, new ArrayList<>(), new ArrayList<>());
    chosen.named(text).forEach((name, given) -> chosen.add(name, given, usual));
    if (chosen.problems.isEmpty() && chosen.scores.isEmpty()) {
      chosen.problems.add("--scores: names no score");
    }
    return chosen;
  }

  private Map<String, Object> named(String text) {
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

  private void add(String name, Object given, Map<String, Object> usual) {
    Score score = catalog.find(Kind.SCORE, name).orElse(null);
    if (score == null) {
      String known = Options.unknown("score", name, catalog.names(Kind.SCORE));
      problems.add("--scores: '%s': %s".formatted(name, known));
      return;
    }
    Map<String, Object> options = new LinkedHashMap<>(usual);
    if (given instanceof Map<?, ?> map) {
      map.forEach((key, value) -> options.put(String.valueOf(key), value));
    } else if (given != null) {
      problems.add("--scores: %s: found %s, expected a map of options".formatted(name, given));
    }
    Options.Checked checked = Options.check(ScoreChoice.declared(score), options);
    checked
        .problems()
        .forEach(p -> problems.add("--scores: %s.%s: %s".formatted(name, p.option(), p.message())));
    if (checked.problems().isEmpty()) {
      scores.add(new ScoreChoice(new PluginChoice(name, checked.options())));
    }
  }

  /** Why scores cannot be computed of such models, one line each. */
  List<String> problems(ScoreSubject subject) {
    List<String> found = new ArrayList<>();
    for (ScoreChoice chosen : scores) {
      String name = chosen.choice().plugin();
      catalog
          .find(Kind.SCORE, name)
          .orElseThrow()
          .problem(subject, chosen.choice().options())
          .ifPresent(why -> found.add("--scores: %s %s".formatted(name, why)));
    }
    return found;
  }

  /** Why models for such weights of the KL term are not scored at those asked for. */
  List<String> problems(Optional<Condition.Beta> weights) {
    List<String> found = new ArrayList<>();
    for (ScoreChoice chosen : scores) {
      chosen
          .problem(weights)
          .ifPresent(why -> found.add("--scores: %s.%s".formatted(chosen.choice().plugin(), why)));
    }
    return found;
  }

  static CommandException refused(List<String> problems) {
    List<String> lines = new ArrayList<>(problems);
    lines.add("Nothing was evaluated.");
    return CommandException.badInput(lines);
  }
}
