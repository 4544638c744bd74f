package dev.elbow.cli;

import dev.elbow.api.DatasetChoice;
import dev.elbow.api.PluginChoice;
import dev.elbow.api.Trial;
import dev.elbow.api.data.DataFolder;
import dev.elbow.api.data.DatasetException;
import dev.elbow.api.network.Likelihood;
import dev.elbow.api.plugin.Objective;
import dev.elbow.api.score.ScoreChoice;
import dev.elbow.api.score.ScoreSubject;
import dev.elbow.api.score.ScoredPart;
import dev.elbow.catalog.Catalog;
import dev.elbow.catalog.Kind;
import dev.elbow.inference.VaeModel;
import dev.elbow.trainer.scoring.Scored;
import dev.elbow.trainer.scoring.Scorer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleConsumer;

/** Scores models of a sweep one after the other. */
final class Evaluation {
  private final Catalog catalog;
  private final DataFolder data;
  private final ChosenScores scores;
  private final Scorer scorer;

  Evaluation(Catalog catalog, DataFolder data, ChosenScores scores) {
    this.catalog = catalog;
    this.data = data;
    this.scores = scores;
    this.scorer = new Scorer(catalog, data, Runtime.getRuntime().availableProcessors());
  }

  /** What decides whether a model can be scored. */
  private record Kin(DatasetChoice data, Likelihood likelihood) {}

  /** What is wrong with what was asked, and why some of these trials cannot be scored. */
  List<String> problems(List<Trial> trials) {
    Set<String> problems = new LinkedHashSet<>(scores.problems());
    Set<Kin> kins = new LinkedHashSet<>();
    for (Trial trial : trials) {
      Objective objective = objective(trial);
      kins.add(new Kin(trial.dataset(), objective.likelihood(trial.objective().options())));
      problems.addAll(scores.problems(objective.weights(trial.objective().options())));
    }
    for (Kin kin : kins) {
      PluginChoice chosen = kin.data().choice();
      try {
        problems.addAll(scores.problems(subject(kin)));
      } catch (DatasetException e) {
        problems.add("dataset '%s': %s".formatted(chosen.plugin(), e.getMessage()));
      }
      if (kin.data().validation() == 0 && onValidation()) {
        problems.add("--on: no validation images were set aside, expected another part");
      }
    }
    return new ArrayList<>(problems);
  }

  private boolean onValidation() {
    return scores.scores().stream().anyMatch(score -> score.on() == ScoredPart.VALIDATION);
  }

  private ScoreSubject subject(Kin kin) throws DatasetException {
    PluginChoice chosen = kin.data().choice();
    return new ScoreSubject(
        catalog.find(Kind.DATASET, chosen.plugin()).orElseThrow().describe(chosen.options(), data),
        kin.data().without(),
        kin.likelihood());
  }

  private Objective objective(Trial trial) {
    return catalog.find(Kind.OBJECTIVE, trial.objective().plugin()).orElseThrow();
  }

  /**
   * The figures of a model, by column.
   *
   * @param folder of the trial
   * @param progress is told the share that is done
   * @throws IOException if its files are gone or damaged
   * @throws DatasetException if the data cannot be read, or are not those it was trained on
   */
  Map<String, Double> scores(Path folder, DatasetChoice choice, DoubleConsumer progress)
      throws IOException, DatasetException {
    try (VaeModel model = VaeModel.load(folder)) {
      String trained = model.metadata().get("dataset.sha256");
      if (!choice.sha256().equals(trained)) {
        throw new DatasetException(
            "%s was trained on data with sha256 %s, those here have %s"
                .formatted(folder, trained, choice.sha256()));
      }
      return scores(model, choice, progress);
    }
  }

  private Map<String, Double> scores(VaeModel model, DatasetChoice choice, DoubleConsumer progress)
      throws DatasetException {
    List<ScoreChoice> chosen = scores.scores();
    AtomicInteger done = new AtomicInteger();
    Scored scored =
        scorer.of(model, choice, share -> progress.accept((done.get() + share) / chosen.size()));
    Map<String, Double> figures = new LinkedHashMap<>();
    for (ScoreChoice score : chosen) {
      figures.putAll(scored.figures(score));
      progress.accept((double) done.incrementAndGet() / chosen.size());
    }
    return figures;
  }
}
