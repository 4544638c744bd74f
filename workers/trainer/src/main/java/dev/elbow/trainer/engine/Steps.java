package dev.elbow.trainer.engine;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * Some optimizer steps, with everything that is random or scheduled drawn beforehand. Arrays are
 * not changed.
 *
 * @param batch the images of all steps, one step after the other
 * @param sizes how many images each step has
 * @param learningRates of each step, schedule applied
 * @param scheduled the values at each step of the description's scheduled figures, by name
 * @param drawn pixels, each 0 or 1, one byte a value, that take the place of the images' own; empty
 *     where the images are used as they are
 * @param kept for each image and each value of it that dropout may leave out, in the order of
 *     {@link dev.elbow.api.Vae#dropouts}, 0 if it is left out and 1 if it stays; empty without
 *     dropout
 */
public record Steps(
    Batch batch,
    int[] sizes,
    double[] learningRates,
    Map<String, double[]> scheduled,
    Optional<byte[]> drawn,
    byte[] kept) {
  /** Steps of a model that leaves nothing out. */
  public Steps(
      Batch batch,
      int[] sizes,
      double[] learningRates,
      Map<String, double[]> scheduled,
      Optional<byte[]> drawn) {
    this(batch, sizes, learningRates, scheduled, drawn, new byte[0]);
  }

  public Steps {
    scheduled = Map.copyOf(scheduled);
    if (Arrays.stream(sizes).sum() != batch.images().length) {
      throw new IllegalArgumentException(
          "steps of %s images were given %d images"
              .formatted(Arrays.toString(sizes), batch.images().length));
    }
    if (learningRates.length != sizes.length) {
      throw new IllegalArgumentException(
          "%d steps were given %d learning rates".formatted(sizes.length, learningRates.length));
    }
  }

  /** How many steps there are. */
  public int count() {
    return sizes.length;
  }
}
