package dev.elbow.cli.models;

import dev.elbow.api.data.DatasetException;

/** One image cannot be used; the message says why and what the model expects, without its name. */
final class BrokenImageException extends Exception {
  private static final long serialVersionUID = 1;

  BrokenImageException(String message) {
    super(message);
  }

  BrokenImageException(String message, Throwable cause) {
    super(message, cause);
  }

  /** What {@code e} says, less the name of the file that it begins with. */
  static BrokenImageException without(String name, DatasetException e) {
    String place = name + ": ";
    String message = e.getMessage();
    return new BrokenImageException(
        message.startsWith(place) ? message.substring(place.length()) : message, e);
  }
}
