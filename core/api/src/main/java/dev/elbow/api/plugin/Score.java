package dev.elbow.api.plugin;

import dev.elbow.api.score.ScoreSubject;
import dev.elbow.api.score.ScoredModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Judges a trained model by figures of its own, after the training. */
public interface Score extends Plugin {
  /** The columns of its figures, in snake_case; unique among all scores. At least one. */
  List<String> columns();

  /** How many images it is computed on, at most, where nobody says another number; at least 2. */
  default int usualImages() {
    return 10_000;
  }

  /**
   * Why it cannot be computed of such models: a sentence without a place and a full stop; empty if
   * it can.
   */
  Optional<String> problem(ScoreSubject subject, Options options);

  /**
   * The figures. Pure: whatever is drawn comes from a fixed seed, so that equal models have equal
   * figures.
   *
   * @param model of a kind without a {@link #problem}
   * @return one for each of {@link #columns}; NaN where it is not defined for this model
   */
  Map<String, Double> compute(ScoredModel model, Options options);
}
