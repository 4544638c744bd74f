package dev.elbow.messaging;

/** Bytes that are no record of this release; the message says what was found and expected. */
final class UnreadableException extends Exception {
  UnreadableException(String message) {
    super(message);
  }
}
