package dev.elbow.inference;

import java.io.IOException;

/**
 * A file that is no model of the kind that it should be: truncated, foreign, or not fitting its
 * neighbours. The message names the file, what was found and what is expected.
 */
public final class ModelException extends IOException {
  private static final long serialVersionUID = 1;

  ModelException(String message) {
    super(message);
  }

  ModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
