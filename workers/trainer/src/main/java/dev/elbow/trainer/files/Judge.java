package dev.elbow.trainer.files;

import dev.elbow.inference.VaeModel;
import java.util.Map;

/** Gives a finished trial its scores. */
@FunctionalInterface
public interface Judge {
  /** Gives none. */
  Judge NONE = model -> Map.of();

  /**
   * The scores of exported models that were found equal to the trained one.
   *
   * @return finite figures by column, in the order of the columns
   */
  Map<String, Double> scores(VaeModel exported);
}
