package dev.elbow.trainer.checkpoint;

import static java.util.Objects.requireNonNull;

import dev.elbow.trainer.engine.ModelState;
import dev.elbow.trainer.training.TrainingPosition;

/** A trial between two steps, complete: training goes on from it as if it had never stopped. */
public record Checkpoint(ModelState state, TrainingPosition position) {
  public Checkpoint {
    requireNonNull(state, "state is null");
    requireNonNull(position, "position is null");
  }
}
