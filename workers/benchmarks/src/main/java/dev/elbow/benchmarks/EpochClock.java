package dev.elbow.benchmarks;

/** Makes a lane of the epochs that somebody tells, all of as many images. For one thread. */
final class EpochClock {
  private double begin = Double.NaN;
  private double end = Double.NaN;
  private double secondsPerImage;
  private int epochs;

  /** It began to train; only the first call counts. */
  void beginsAt(double seconds) {
    begin = Double.isNaN(begin) ? seconds : begin;
  }

  /** An epoch ended now. */
  void epoch(double imagesPerSecond) {
    end = Lines.now();
    secondsPerImage += 1 / imagesPerSecond;
    epochs++;
  }

  Lane lane() {
    if (epochs == 0) {
      throw new IllegalStateException("no epoch was told");
    }
    return new Lane(begin, end, epochs / secondsPerImage);
  }
}
