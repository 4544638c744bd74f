package dev.elbow.trainer.training;

import dev.elbow.api.Training;

/**
 * When things happen in a trial. Steps and epochs are counted from 0 here.
 *
 * @param images how many are trained on in an epoch, at least 1
 */
record TrainingPlan(Training training, int images) {

  /** Optimizer steps of a whole epoch. */
  long stepsPerEpoch() {
    return (images + training.batchSize() - 1L) / training.batchSize();
  }

  /** Optimizer steps of the whole trial. */
  long steps() {
    return training.steps() > 0 ? training.steps() : training.epochs() * stepsPerEpoch();
  }

  /** Whether the model is evaluated when {@code step} steps are done. */
  boolean isEvaluated(long step) {
    return step > 0 && (step == steps() || step % evaluateEvery() == 0);
  }

  /**
   * How many steps can be made after {@code step} steps before an epoch ends or something is due.
   */
  long stepsUntilNextEvent(long step) {
    long end = Math.min(step - step % stepsPerEpoch() + stepsPerEpoch(), steps());
    return Math.min(end, step - step % evaluateEvery() + evaluateEvery()) - step;
  }

  /** The epoch that {@code step} belongs to. */
  long epochOf(long step) {
    return step / stepsPerEpoch();
  }

  /** Epochs begun when {@code steps} steps are done. */
  int epochsBegun(long steps) {
    return Math.toIntExact((steps + stepsPerEpoch() - 1) / stepsPerEpoch());
  }

  /** How many images of the epoch come before {@code step}. */
  int imagesBefore(long step) {
    return Math.toIntExact(step % stepsPerEpoch() * training.batchSize());
  }

  /** How many images {@code step} trains on: fewer at the end of an epoch. */
  int batchSize(long step) {
    return Math.min(training.batchSize(), images - imagesBefore(step));
  }

  double learningRate(long step) {
    return training.learningRate() * training.schedule().factor(step, steps());
  }

  private long evaluateEvery() {
    boolean bySteps = training.steps() > 0 && training.evaluateEvery() > 0;
    return bySteps ? training.evaluateEvery() : stepsPerEpoch();
  }
}
