package dev.elbow.networks;

import dev.elbow.api.network.Conditions;
import dev.elbow.api.network.Tensor;
import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.Options;
import java.util.List;

/**
 * The option {@code condition}: with {@code label}, the class of an image goes into the network
 * beside the image or the code (Sohn et al. 2015, “Learning structured output representation using
 * deep conditional generative models”, section 4.1), as zeros and a 1; beside an image as channels
 * of them.
 */
final class KnownLabel {
  private static final String NAME = "condition";
  private static final String LABEL = "label";

  static final Option OPTION =
      Option.choice(
          NAME,
          List.of("none", LABEL),
          "What goes into the network beside the image or the code: nothing, or its label.");

  private KnownLabel() {}

  /** {@code x}, a row or an image, with what is asked for behind it. */
  static Tensor beside(Tensor x, Conditions conditions, Options options) {
    if (!options.text(NAME).equals(LABEL)) {
      return x;
    }
    Tensor label =
        conditions
            .label()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "condition: found label, but the data have no labels; expected none, or"
                            + " data with labels"));
    boolean isRow = x.shape().rank() == 1;
    return x.concat(
        0, isRow ? label : label.spread(x.shape().dimension(1), x.shape().dimension(2)));
  }
}
