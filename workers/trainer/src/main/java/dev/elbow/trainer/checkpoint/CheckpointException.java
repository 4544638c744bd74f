package dev.elbow.trainer.checkpoint;

/** A checkpoint that is not used: damaged, or of another trial. The message says which and why. */
public final class CheckpointException extends Exception {
  private static final long serialVersionUID = 1;

  CheckpointException(String message) {
    super(message);
  }

  CheckpointException(String message, Throwable cause) {
    super(message, cause);
  }
}
