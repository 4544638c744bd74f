package dev.elbow.cli;

import dev.elbow.api.Evaluation;
import dev.elbow.api.Losses;
import dev.elbow.api.Trial;
import dev.elbow.api.TrialId;
import dev.elbow.api.TrialOutcome;
import dev.elbow.coordinator.TrialView;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** What is said of a trial, one line each, the same on a terminal and in a file. */
final class TrialLines {
  private final IntFunction<Trial> trials;

  /**
   * @param trials gives the trial of a number
   */
  TrialLines(IntFunction<Trial> trials) {
    this.trials = trials;
  }

  /** {@code trial 0003 started: latent 10, beta 4, seed 1}. */
  String started(TrialId id, int attempt) {
    Trial trial = trials.apply(id.number());
    String again = attempt > 1 ? " again (attempt %d)".formatted(attempt) : "";
    String parameters =
        trial.parameters().entrySet().stream()
            .map(entry -> entry.getKey() + " " + OptionText.of(entry.getValue()) + ", ")
            .collect(Collectors.joining());
    return "trial %s started%s: %sseed %d".formatted(id.folder(), again, parameters, trial.seed());
  }

  /**
   * {@code trial 0003 epoch 4/10 loss 109.64 reconstruction 85.12 kl 24.52}: losses on the test
   * images.
   */
  String evaluated(TrialId id, Evaluation evaluation) {
    Losses test = evaluation.test();
    return "trial %s %s loss %s reconstruction %s kl %s"
        .formatted(
            id.folder(),
            reached(id, evaluation),
            Figures.nats(test.loss()),
            Figures.nats(test.reconstruction()),
            Figures.nats(test.kl()));
  }

  private String reached(TrialId id, Evaluation evaluation) {
    long steps = trials.apply(id.number()).training().steps();
    return steps > 0
        ? "step %d/%d".formatted(evaluation.step(), steps)
        : "epoch %d/%d".formatted(evaluation.epoch(), epochs(id));
  }

  /** How many epochs the trial has, or 0 where steps count. */
  int epochs(TrialId id) {
    Trial trial = trials.apply(id.number());
    return trial.training().steps() > 0 ? 0 : trial.training().epochs();
  }

  /** Images of one step of the trial. */
  int batchSize(TrialId id) {
    return trials.apply(id.number()).training().batchSize();
  }

  /** {@code trial 0003 completed in 15.2 s: …}, {@code trial 0003 failed: …}. */
  String ended(TrialView trial) {
    String what = trial.outcome().map(TrialLines::told).orElseGet(() -> " " + trial.state().word());
    return "trial " + trial.id().folder() + what;
  }

  private static String told(TrialOutcome outcome) {
    if (outcome instanceof TrialOutcome.Completed completed) {
      return completed(completed);
    }
    if (outcome instanceof TrialOutcome.Failed failed) {
      return " failed: %s: %s".formatted(failed.kind(), failed.message());
    }
    return " stopped: " + ((TrialOutcome.Stopped) outcome).reason();
  }

  private static String completed(TrialOutcome.Completed completed) {
    return String.format(
        Locale.ROOT,
        " completed in %.1f s: loss %s, %s images/s, ONNX within %.1e",
        completed.seconds(),
        Figures.nats(completed.last().test().loss()),
        Figures.rate(completed.imagesPerSecond()),
        completed.onnxMaxAbsError());
  }
}
