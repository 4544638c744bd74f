package dev.elbow.cli;

import dev.elbow.api.DatasetChoice;
import dev.elbow.api.PluginChoice;
import dev.elbow.api.data.DataFolder;
import dev.elbow.api.data.DatasetException;
import dev.elbow.api.plugin.Dataset;
import dev.elbow.catalog.Catalog;
import dev.elbow.catalog.Kind;
import dev.elbow.inference.VaeModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Scores models of a sweep one after the other. The data of the last one stay in memory for the
 * next.
 */
final class Evaluation {
  private final Catalog catalog;
  private final DataFolder data;
  private final ChosenScores scores;
  private final ScoredImages.Part part;
  private final int most;
  private DatasetChoice loaded;
  private ScoredImages images;

  Evaluation(
      Catalog catalog, DataFolder data, ChosenScores scores, ScoredImages.Part part, int most) {
    this.catalog = catalog;
    this.data = data;
    this.scores = scores;
    this.part = part;
    this.most = most;
  }

  /** Why scores cannot be computed on some of these data, one line each. */
  List<String> problems(List<DatasetChoice> choices) {
    Set<String> problems = new LinkedHashSet<>();
    for (DatasetChoice choice : new LinkedHashSet<>(choices)) {
      PluginChoice chosen = choice.choice();
      try {
        problems.addAll(scores.problems(dataset(choice).describe(chosen.options(), data)));
      } catch (DatasetException e) {
        problems.add("dataset '%s': %s".formatted(chosen.plugin(), e.getMessage()));
      }
    }
    return new ArrayList<>(problems);
  }

  private Dataset dataset(DatasetChoice choice) {
    return catalog.find(Kind.DATASET, choice.choice().plugin()).orElseThrow();
  }

  /**
   * The figures of a model.
   *
   * @param folder of the trial
   * @throws IOException if its files are gone or damaged
   * @throws DatasetException if the data cannot be read, or are not those it was trained on
   */
  Map<String, Double> scores(Path folder, DatasetChoice choice)
      throws IOException, DatasetException {
    try (VaeModel model = VaeModel.load(folder, Runtime.getRuntime().availableProcessors())) {
      String trained = model.metadata().get("dataset.sha256");
      if (!choice.sha256().equals(trained)) {
        throw new DatasetException(
            "%s was trained on data with sha256 %s, those here have %s"
                .formatted(folder, trained, choice.sha256()));
      }
      return scores.compute(
          new ExportedModel(model, images(choice)), ScoredImages.suffix(part, most));
    }
  }

  private ScoredImages images(DatasetChoice choice) throws DatasetException {
    if (!choice.equals(loaded)) {
      images = null; // both at once may be more than there is memory for
      images = ScoredImages.of(dataset(choice).load(choice.choice().options(), data), part, most);
      loaded = choice;
    }
    return images;
  }
}
