package dev.elbow.api.data;

/**
 * Data that is missing or is not what it should be. The message names the file, what was found and
 * what is expected.
 */
public final class DatasetException extends Exception {
  private static final long serialVersionUID = 1;

  public DatasetException(String message) {
    super(message);
  }

  public DatasetException(String message, Throwable cause) {
    super(message, cause);
  }
}
