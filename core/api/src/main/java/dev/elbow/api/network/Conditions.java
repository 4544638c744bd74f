package dev.elbow.api.network;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What there is to tell a network of each example beside an image or a code. A network takes of it
 * what it has use for; where the weight of the KL term is given, it has to.
 *
 * @param label the class, see {@link Condition.Label}; empty if the data have none
 * @param beta the weight of the KL term, {@code []}, see {@link Condition.Beta}; empty unless the
 *     objective trains many at once
 */
public record Conditions(Optional<Tensor> label, Optional<Tensor> beta) {
  /** Nothing. */
  public static final Conditions NONE = new Conditions(Optional.empty(), Optional.empty());

  public Conditions {
    requireNonNull(label, "label is null");
    requireNonNull(beta, "beta is null");
  }

  /**
   * New inputs.
   *
   * @param classes how many classes the data have; 0 if they have no labels
   */
  public static Conditions of(int classes, Optional<Condition.Beta> beta) {
    Optional<Tensor> label =
        classes == 0 ? Optional.empty() : Optional.of(Tensor.given(new Condition.Label(classes)));
    return new Conditions(label, beta.map(Tensor::given));
  }

  /** As {@link Tensor#rescoped}. */
  public Conditions rescoped(String prefix) {
    return each(value -> value.rescoped(prefix));
  }

  /** As {@link Tensor#repeated}. */
  public Conditions repeated(int count) {
    return each(value -> value.repeated(count));
  }

  private Conditions each(UnaryOperator<Tensor> change) {
    return new Conditions(label.map(change), beta.map(change));
  }
}
