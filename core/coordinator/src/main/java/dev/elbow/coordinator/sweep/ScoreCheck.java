package dev.elbow.coordinator.sweep;

import dev.elbow.api.PluginChoice;
import dev.elbow.api.data.DatasetDescription;
import dev.elbow.api.network.Likelihood;
import dev.elbow.api.plugin.Objective;
import dev.elbow.api.score.ScoreSubject;
import dev.elbow.api.score.ScoredPart;
import dev.elbow.catalog.Catalog;
import dev.elbow.catalog.Kind;
import dev.elbow.coordinator.sweep.ScoreReader.Placed;
import dev.elbow.coordinator.sweep.Value.Entry;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks the scores of a sweep whether they can be computed of its models. For one sweep. */
final class ScoreCheck {
  private final Catalog catalog;
  private final List<Placed> scores;
  private final Problems problems;

  ScoreCheck(Catalog catalog, Value.Mapping root, Problems problems) {
    this.catalog = catalog;
    this.problems = problems;
    Optional<Value> given =
        Optional.ofNullable(root.entries().get(ScoreReader.SCORES)).map(Entry::value);
    // What cannot be read of them was told when the file was read.
    this.scores = new ScoreReader(catalog, new Problems()).read(given);
  }

  /** Looks at the models of one configuration. */
  void check(DatasetDescription data, Blueprint blueprint, Map<List<String>, Object> chosen) {
    if (scores.isEmpty()) {
      return;
    }
    PluginChoice objective = blueprint.plugin(Section.OBJECTIVE, chosen);
    Objective plugin = catalog.find(Kind.OBJECTIVE, objective.plugin()).orElseThrow();
    Likelihood likelihood = plugin.likelihood(objective.options());
    scores.forEach(score -> checkWeight(score, plugin, objective));
    boolean split = blueprint.validation(chosen) > 0;
    scores.forEach(
        score ->
            check(score, new ScoreSubject(data, blueprint.without(chosen), likelihood), split));
  }

  private void checkWeight(Placed placed, Objective plugin, PluginChoice objective) {
    try {
      placed
          .score()
          .problem(plugin.weights(objective.options()))
          .ifPresent(why -> refuse(placed, why));
    } catch (IllegalArgumentException e) {
      // That the objective's weights cannot be is told of the model.
    }
  }

  private void check(Placed placed, ScoreSubject subject, boolean split) {
    PluginChoice choice = placed.score().choice();
    if (placed.score().on() == ScoredPart.VALIDATION && !split) {
      refuse(placed, "on: validation needs images set aside, as dataset.validation does");
    }
    try {
      catalog
          .find(Kind.SCORE, choice.plugin())
          .orElseThrow()
          .problem(subject, choice.options())
          .ifPresent(why -> refuse(placed, why));
    } catch (RuntimeException | LinkageError e) {
      refuse(placed, Models.message(e));
    }
  }

  private void refuse(Placed placed, String why) {
    String place = "%s.%s".formatted(ScoreReader.SCORES, placed.score().choice().plugin());
    problems.add(placed.at(), place, why);
  }
}
