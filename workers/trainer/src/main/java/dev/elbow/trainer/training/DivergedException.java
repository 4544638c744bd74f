package dev.elbow.trainer.training;

/** A loss is no longer a finite number. The message names epoch and step. */
public final class DivergedException extends Exception {
  private static final long serialVersionUID = 1;

  DivergedException(long epoch, long step, String what) {
    super("epoch %d, step %d: %s".formatted(epoch, step, what));
  }
}
