package dev.elbow.coordinator.results;

import dev.elbow.api.Evaluation;
import dev.elbow.api.Losses;
import dev.elbow.api.TrialOutcome;
import dev.elbow.api.TrialOutcome.Completed;
import dev.elbow.api.TrialOutcome.Failed;
import dev.elbow.api.TrialOutcome.Stopped;
import dev.elbow.coordinator.ledger.TrialState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Makes rows of trials. */
public final class Rows {
  private Rows() {}

  /**
   * The row of a trial that has ended.
   *
   * @param values of the parameters that vary, by name
   * @param outcome empty where it was cancelled
   */
  public static Row of(
      int trial,
      Map<String, Object> values,
      long seed,
      TrialState state,
      int attempts,
      Optional<TrialOutcome> outcome) {
    Map<String, String> parameters = new LinkedHashMap<>();
    values.forEach((name, value) -> parameters.put(name, PlainText.of(value)));
    return new Row(
        trial,
        state.word(),
        attempts,
        seed,
        parameters,
        outcome.map(Rows::figures).orElse(Map.of()),
        outcome.map(Rows::failure).orElse(""),
        outcome.map(Rows::message).orElse(""));
  }

  /** What is known of an end, by column; only finite figures. */
  public static Map<String, Double> figures(TrialOutcome outcome) {
    Map<String, Double> figures = new LinkedHashMap<>();
    if (outcome instanceof Completed completed) {
      put(figures, completed.last());
      figures.put("onnx_max_abs_error", completed.onnxMaxAbsError());
      figures.put("seconds", completed.seconds());
      figures.put("images_per_second", completed.imagesPerSecond());
      figures.putAll(completed.scores());
    } else if (outcome instanceof Stopped stopped) {
      stopped.last().ifPresent(last -> put(figures, last));
      stopped.last().ifPresent(last -> figures.put("images_per_second", last.imagesPerSecond()));
      figures.put("seconds", stopped.seconds());
    } else {
      figures.put("seconds", ((Failed) outcome).seconds());
    }
    figures.values().removeIf(figure -> !Double.isFinite(figure));
    return figures;
  }

  private static void put(Map<String, Double> figures, Evaluation last) {
    figures.put("epochs", (double) last.epoch());
    figures.put("train_objective", last.trainObjective());
    put(figures, "train", last.train());
    last.validation().ifPresent(losses -> put(figures, "validation", losses));
    put(figures, "test", last.test());
    figures.put("active_units", (double) last.activeUnits());
  }

  private static void put(Map<String, Double> figures, String split, Losses losses) {
    figures.put(split + "_loss", losses.loss());
    figures.put(split + "_reconstruction", losses.reconstruction());
    figures.put(split + "_kl", losses.kl());
  }

  /** The kind of failure; empty text if it has not failed. */
  public static String failure(TrialOutcome outcome) {
    return outcome instanceof Failed failed ? failed.kind().name() : "";
  }

  /** Why it failed or stopped, or empty text. */
  public static String message(TrialOutcome outcome) {
    if (outcome instanceof Failed failed) {
      return failed.message();
    }
    return outcome instanceof Stopped stopped ? stopped.reason() : "";
  }
}
