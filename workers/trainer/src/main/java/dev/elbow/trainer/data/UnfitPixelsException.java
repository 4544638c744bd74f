package dev.elbow.trainer.data;

/** A likelihood does not know pixels as the data have them. */
public final class UnfitPixelsException extends Exception {
  private static final long serialVersionUID = 1;

  UnfitPixelsException(String message) {
    super(message);
  }
}
