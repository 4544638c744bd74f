package dev.elbow.coordinator.sweep;

import dev.elbow.api.PluginChoice;
import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.Options;
import dev.elbow.api.plugin.Score;
import dev.elbow.api.score.ScoreChoice;
import dev.elbow.catalog.Catalog;
import dev.elbow.catalog.Kind;
import dev.elbow.coordinator.sweep.Value.Entry;
import dev.elbow.coordinator.sweep.Value.Mapping;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code scores: [mig, {plugin: dci, alpha: 0.1, on: all}]}. */
record ScoreReader(Catalog catalog, Problems problems) {
  /** The key in a sweep file. */
  static final String SCORES = "scores";

  /** A score, and where it stands. */
  record Placed(ScoreChoice score, Position at) {}

  /** The scores without problems, in the order of the file. */
  List<Placed> read(Optional<Value> given) {
    List<Placed> placed = new ArrayList<>();
    Set<String> columns = new HashSet<>();
    for (Value item : items(given)) {
      read(item)
          .filter(score -> fresh(score, columns, item.at()))
          .ifPresent(score -> placed.add(new Placed(score, item.at())));
    }
    return placed;
  }

  private List<Value> items(Optional<Value> given) {
    if (given.isPresent() && given.get() instanceof Value.Sequence sequence) {
      return sequence.items();
    }
    given.ifPresent(
        value ->
            problems.add(
                value.at(),
                SCORES,
                "expected a list of scores, as in [mig, {plugin: dci, alpha: 0.1}], got "
                    + value.plain()));
    return List.of();
  }

  private Optional<ScoreChoice> read(Value item) {
    Mapping mapping =
        item instanceof Mapping given
            ? given
            : new Mapping(item.at(), Map.of(Section.PLUGIN, new Entry(item.at(), item)));
    Entry plugin = mapping.entries().get(Section.PLUGIN);
    if (plugin == null) {
      String expected = String.join(", ", catalog.names(Kind.SCORE));
      problems.add(item.at(), SCORES + ".plugin", "missing, expected one of " + expected);
      return Optional.empty();
    }
    return Plugins.known(catalog, Kind.SCORE, plugin.value(), SCORES, problems)
        ? read((String) plugin.value().plain(), mapping)
        : Optional.empty();
  }

  private Optional<ScoreChoice> read(String name, Mapping mapping) {
    Score score = catalog.find(Kind.SCORE, name).orElseThrow();
    List<Option> declared = ScoreChoice.declared(score);
    int before = problems.count();
    Map<String, Object> values =
        new TypedValues(problems)
            .parse(
                declared,
                mapping.without(Section.PLUGIN).entries(),
                "%s.%s".formatted(SCORES, name));
    if (problems.count() > before) {
      return Optional.empty();
    }
    Options.Checked checked = Options.check(declared, values);
    checked
        .problems()
        .forEach(
            p ->
                problems.add(
                    mapping.at(), "%s.%s.%s".formatted(SCORES, name, p.option()), p.message()));
    return checked.problems().isEmpty()
        ? Optional.of(new ScoreChoice(new PluginChoice(name, checked.options())))
        : Optional.empty();
  }

  private boolean fresh(ScoreChoice choice, Set<String> columns, Position at) {
    Score score = catalog.find(Kind.SCORE, choice.choice().plugin()).orElseThrow();
    for (String column : choice.columns(score)) {
      if (!columns.add(column)) {
        problems.add(at, SCORES, "%s is given twice".formatted(column));
        return false;
      }
    }
    return true;
  }
}
