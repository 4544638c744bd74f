package dev.elbow.trainer.libtorch;

import dev.elbow.trainer.engine.Batch;
import dev.elbow.trainer.engine.EvaluationSums;

/** Measures the model of a session. Reads its weights and leaves nothing behind. */
@FunctionalInterface
interface EvaluationMaker {
  EvaluationSums evaluate(Batch batch);
}
