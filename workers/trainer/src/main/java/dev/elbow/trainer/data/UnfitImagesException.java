package dev.elbow.trainer.data;

/** A model cannot learn from the images as the data have them: pixels or labels do not fit it. */
public final class UnfitImagesException extends Exception {
  private static final long serialVersionUID = 1;

  UnfitImagesException(String message) {
    super(message);
  }
}
