package dev.elbow.acceptance.chaos;

/** What had to come did not come; the message says what that was and how things stood. */
final class StuckException extends RuntimeException {
  private static final long serialVersionUID = 1;

  StuckException(String message) {
    super(message);
  }
}
