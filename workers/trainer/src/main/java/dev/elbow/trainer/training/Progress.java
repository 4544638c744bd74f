package dev.elbow.trainer.training;

/**
 * What a trial is at, for people to see.
 *
 * @param epoch the epoch of the last step, from 1
 * @param step optimizer steps done
 * @param steps of the whole trial
 * @param objective mean of what is minimised over the images of the last call
 * @param images that were trained on in the last call
 * @param seconds that the last call took
 */
public record Progress(
    int epoch, long step, long steps, double objective, long images, double seconds) {
  /** Training images over time of the last call. */
  public double imagesPerSecond() {
    return images / seconds;
  }
}
