package dev.elbow.cli.models;

/** How far images are from what was made of them, over any number of them. */
final class Distortion {
  private final int imageSize;
  private double squares;
  private long values;

  Distortion(int imageSize) {
    this.imageSize = imageSize;
  }

  void add(float[] images, float[] made) {
    for (int i = 0; i < images.length; i++) {
      double difference = (double) images[i] - made[i];
      squares += difference * difference;
    }
    values += images.length;
  }

  /** Mean of squared differences, in squared units of pixel values from 0 to 1. */
  double meanSquaredError() {
    return values == 0 ? 0 : squares / values;
  }

  /** Ratio of the largest value to that, in decibels. */
  double peakSignalToNoise() {
    return -10 * Math.log10(meanSquaredError());
  }

  long images() {
    return values / imageSize;
  }
}
