package dev.elbow.cli.models;

import dev.elbow.inference.VaeModel;

/** What the images of a model are. */
record ImageShape(int channels, int height, int width) {
  static ImageShape of(VaeModel model) {
    return new ImageShape(model.channels(), model.height(), model.width());
  }

  /** Values of an image. */
  int size() {
    return channels * height * width;
  }

  /** As messages have it. */
  @Override
  public String toString() {
    String colours = channels == 1 ? "grey" : channels == 3 ? "RGB" : channels + " channels";
    return "%d x %d pixels (width x height), %s".formatted(width, height, colours);
  }
}
