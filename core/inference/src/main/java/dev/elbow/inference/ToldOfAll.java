package dev.elbow.inference;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What a model is told once for all images and codes of a command or a file.
 *
 * @param label their class, at least 0; empty if nobody says or the model asks for none
 * @param beta the weight of the KL term, above 0; empty if nobody says or the model is for one
 */
public record ToldOfAll(OptionalInt label, OptionalDouble beta) {
  /** Neither. */
  public static final ToldOfAll NOTHING =
      new ToldOfAll(OptionalInt.empty(), OptionalDouble.empty());

  private static final int NO_LABEL = -1;
  private static final double NO_BETA = 0;

  /**
   * @throws IllegalArgumentException if the label is below 0, or β is not above 0
   */
  public ToldOfAll {
    if (label.orElse(0) < 0 || !(beta.orElse(1) > 0) || Double.isInfinite(beta.orElse(1))) {
      throw new IllegalArgumentException(
          "label >= 0 and beta > 0 must hold, but got (label=%s, beta=%s)".formatted(label, beta));
    }
  }

  /** Whether it says nothing. */
  public boolean isNothing() {
    return label.isEmpty() && beta.isEmpty();
  }

  /**
   * {@code model}, told this.
   *
   * @throws IllegalArgumentException if it asks for something else
   */
  public VaeModel tell(VaeModel model) {
    VaeModel labelled = label.isPresent() ? model.withLabel(label.getAsInt()) : model;
    return beta.isPresent() ? labelled.withBeta(beta.getAsDouble()) : labelled;
  }

  void write(DataOutputStream out) throws IOException {
    out.writeInt(label.orElse(NO_LABEL));
    out.writeDouble(beta.orElse(NO_BETA));
  }

  static ToldOfAll read(String name, DataInputStream in) throws IOException {
    int label = in.readInt();
    double beta = in.readDouble();
    try {
      return new ToldOfAll(
          label == NO_LABEL ? OptionalInt.empty() : OptionalInt.of(label),
          beta == NO_BETA ? OptionalDouble.empty() : OptionalDouble.of(beta));
    } catch (IllegalArgumentException e) {
      throw new ModelException("%s: its header: %s".formatted(name, e.getMessage()), e);
    }
  }
}
