package dev.elbow.trainer;

import dev.elbow.api.Trial;
import dev.elbow.api.data.DatasetException;
import dev.elbow.api.score.ScoreChoice;
import dev.elbow.inference.VaeModel;
import dev.elbow.trainer.scoring.Scored;
import dev.elbow.trainer.scoring.Scorer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scores of a trial at its end. One that cannot be computed is missing and costs no trained
 * model: {@code elbow evaluate} tells why, and adds it later.
 *
 * @param isInterrupted whether to leave off
 */
record TrialScores(Scorer scorer, Trial trial, BooleanSupplier isInterrupted) {
  private static final Logger LOG = LoggerFactory.getLogger(TrialScores.class);

  /**
   * Finite figures by column.
   *
   * @throws CancellationException if it was interrupted meanwhile
   */
  Map<String, Double> of(VaeModel exported) {
    Map<String, Double> figures = new LinkedHashMap<>();
    if (trial.scores().isEmpty()) {
      return figures;
    }
    try {
      Scored scored = scorer.of(exported, trial.dataset(), share -> goOn());
      for (ScoreChoice score : trial.scores()) {
        goOn();
        add(scored, score, figures);
      }
    } catch (DatasetException e) {
      LOG.warn("{} has no scores: {}", trial.id(), e.getMessage());
    }
    figures.values().removeIf(figure -> figure == null || !Double.isFinite(figure));
    return figures;
  }

  private void goOn() {
    if (isInterrupted.getAsBoolean()) {
      throw new CancellationException();
    }
  }

  private void add(Scored scored, ScoreChoice score, Map<String, Double> figures) {
    try {
      figures.putAll(scored.figures(score));
    } catch (CancellationException e) {
      throw e;
    } catch (RuntimeException | LinkageError | StackOverflowError | OutOfMemoryError e) {
      LOG.warn("{} has no score '{}'", trial.id(), score.choice().plugin(), e);
    }
  }
}
