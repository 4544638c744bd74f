package dev.elbow.trainer.engine;

/** The engine could not get memory for images, weights or a batch. */
public final class OutOfEngineMemoryException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public OutOfEngineMemoryException(String message, Throwable cause) {
    super(message, cause);
  }
}
