package dev.elbow.trainer.training;

import dev.elbow.api.Evaluation;
import java.util.List;

/**
 * How far a trial has come, between two steps.
 *
 * @param step optimizer steps done
 * @param totals of the training since the last evaluation
 * @param evaluations all so far
 */
public record TrainingPosition(long step, Totals totals, List<Evaluation> evaluations) {
  /** Before the first step. */
  public static final TrainingPosition START = new TrainingPosition(0, Totals.NONE, List.of());

  public TrainingPosition {
    evaluations = List.copyOf(evaluations);
  }
}
