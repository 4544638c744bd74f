package dev.elbow.coordinator;

/** There is no sweep of that name, or none that can be read. */
public final class UnknownSweepException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnknownSweepException(String message) {
    super(message);
  }
}
