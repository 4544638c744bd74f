package dev.elbow.cli.models;

/** One image cannot be used; the message says why and what the model expects, without its name. */
final class BrokenImageException extends Exception {
  private static final long serialVersionUID = 1;

  BrokenImageException(String message) {
    super(message);
  }

  BrokenImageException(String message, Throwable cause) {
    super(message, cause);
  }
}
