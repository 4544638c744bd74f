package dev.elbow.trainer.training;

import dev.elbow.api.Evaluation;

/** Is told how a trial goes, on the thread that trains it. */
public interface TrainingObserver {
  /** Some steps were made. */
  void trained(Progress progress);

  /** An evaluation begins. */
  void evaluating();

  /** An evaluation is done. */
  void evaluated(Evaluation evaluation);

  /** An epoch is over, and evaluated where that is due; training goes on afterwards. */
  void epochEnded();
}
