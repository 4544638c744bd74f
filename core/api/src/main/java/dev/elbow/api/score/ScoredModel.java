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

  /** The posteriors of {@link #numbers}, in that order; encoded once for all scores. */
  Codes codes();

  /**
   * The posteriors of some images.
   *
   * @param images their numbers, in any order and any number of times
   */
  Codes codes(int... images);
}
