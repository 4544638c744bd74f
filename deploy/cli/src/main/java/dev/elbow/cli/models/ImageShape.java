package dev.elbow.cli.models;

import dev.elbow.inference.VaeModel;

/**
 * What the images of a model are.
 *
 * @param resized whether images of other sizes are resampled
 */
record ImageShape(int channels, int height, int width, boolean resized) {
  /**
   * @param resized whether somebody wants images of other sizes to be resampled; what was trained
   *     on resampled images is given such anyway
   */
  static ImageShape of(VaeModel model, boolean resized) {
    String trained = model.metadata().getOrDefault("dataset.resize", "0");
    return new ImageShape(
        model.channels(), model.height(), model.width(), resized || !trained.equals("0"));
  }

  /** Values of an image. */
  int size() {
    return channels * height * width;
  }

  /** As messages have it. */
  @Override
  public String toString() {
    String colours = channels == 1 ? "grey" : channels == 3 ? "RGB" : channels + " channels";
    return "%d x %d (height x width), %s".formatted(height, width, colours);
  }
}
