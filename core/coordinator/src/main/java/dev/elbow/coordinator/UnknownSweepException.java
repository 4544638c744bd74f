package dev.elbow.coordinator;

/** There is no sweep of that name, or none that can be read. */
public final class UnknownSweepException extends RuntimeException {
  private static final long serialVersionUID = 1;

  static UnknownSweepException deleted(String sweep) {
    return new UnknownSweepException("sweep '%s' was deleted".formatted(sweep));
  }

  UnknownSweepException(String message) {
    super(message);
  }
}
