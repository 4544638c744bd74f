package dev.elbow.trainer.scoring;

import dev.elbow.api.DatasetChoice;
import dev.elbow.api.plugin.Score;
import dev.elbow.api.score.ScoreChoice;
import dev.elbow.catalog.Catalog;
import dev.elbow.catalog.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One model that is judged, by as many scores as one likes. For one thread. */
public final class Scored {
  private final Catalog catalog;
  private final ScoredFiles files;
  private final DatasetChoice data;
  private final Map<List<Object>, ScoredOnImages> models = new HashMap<>();

  /**
   * @param data what its trial set aside and left out
   */
  Scored(Catalog catalog, ScoredFiles files, DatasetChoice data) {
    this.catalog = catalog;
    this.files = files;
    this.data = data;
  }

  /**
   * The figures of a score whose plugin is here, by column; NaN where one is not defined.
   *
   * @throws IllegalArgumentException if the model is not for the weight of the choice
   * @throws RuntimeException whatever the plugin throws
   */
  public Map<String, Double> figures(ScoreChoice choice) {
    Score score = catalog.find(Kind.SCORE, choice.choice().plugin()).orElseThrow();
    // Codes are computed once for all scores on the same images and weight.
    ScoredOnImages model =
        models.computeIfAbsent(
            List.of(choice.on(), choice.images(), choice.beta()),
            images -> files.at(choice.beta()).on(choice.on(), data, choice.images()));
    return choice.named(score, score.compute(model, choice.choice().options()));
  }
}
