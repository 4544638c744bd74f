package dev.elbow.api.score;

import dev.elbow.api.data.Images;

/**
 * A trained model, run from its exported files, and the images that it is judged by.
 *
 * <p><b>Thread safety.</b> None: a score is computed in one thread.
 */
public interface ScoredModel {
  /** All images of the data, with what is known about each. */
  Images images();

  /**
   * The numbers of the images to judge by, in an order that has nothing to do with what they show;
   * the same for all models on the same data. A new array.
   */
  int[] numbers();

  /**
   * The numbers of the images beside those of {@link #numbers} whose classes were left out of the
   * training, likewise; empty if none was. A new array.
   */
  int[] heldOut();

  /** The posteriors of {@link #numbers}, in that order; encoded once for all scores. */
  Codes codes();

  /**
   * The posteriors of some images.
   *
   * @param images their numbers, in any order and any number of times
   */
  Codes codes(int... images);

  /**
   * log p(x | z) in nats, summed over the pixels, with the likelihood that the model was trained
   * with.
   *
   * @param images a number for each code, in any order and any number of times
   * @param z codes, one after the other
   * @return one for each code
   */
  double[] logLikelihoods(int[] images, float[] z);

  /**
   * Tells how far a score is that takes long; may be told as often as one likes.
   *
   * @param share from 0 to 1
   */
  void reaches(double share);
}
