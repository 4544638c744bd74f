package dev.elbow.api.plugin;

import dev.elbow.api.network.Adversary;
import dev.elbow.api.network.Condition;
import dev.elbow.api.network.Likelihood;
import dev.elbow.api.network.ObjectiveTerms;
import dev.elbow.api.network.Tensor;
import java.util.Optional;

/** Describes what training minimises. */
public interface Objective extends Plugin {
  /** The likelihood that the decoder's output is read with. */
  Likelihood likelihood(Options options);

  /**
   * The weights of the KL term that one training learns at once; networks are told the weight of
   * each example, and so is {@link #describe}, as {@link ObjectiveTerms#conditions}. Empty for all
   * objectives but those of one model for many weights.
   *
   * @throws IllegalArgumentException if the options give no range
   */
  default Optional<Condition.Beta> weights(Options options) {
    return Optional.empty();
  }

  /**
   * How many codes of each image training draws: see {@link ObjectiveTerms}. Evaluation draws one.
   */
  default int samples(Options options) {
    return 1;
  }

  /**
   * What the gradient of each sample's code is multiplied with on its way to the encoder, a figure
   * of shape {@code []} for each of several samples, through which no gradient flows; empty where
   * it goes as it is. For estimators that are no gradient of any figure.
   */
  default Optional<Tensor> codeWeight(ObjectiveTerms terms, Options options) {
    return Optional.empty();
  }

  /**
   * A second network that learns beside the model, for objectives that need one; empty for most.
   * What it charges the model is added to {@link #describe}. Pure.
   *
   * @param terms on which its layers are built: their names begin with {@link Adversary#SCOPE}
   */
  default Optional<Adversary> adversary(ObjectiveTerms terms, Options options) {
    return Optional.empty();
  }

  /**
   * The figure to minimise, per example, shape {@code []}; training takes its mean over a batch.
   * Options that are mere figures (β) belong into {@link Tensor#scheduled}, so that trials which
   * differ in them share one program. Pure.
   */
  Tensor describe(ObjectiveTerms terms, Options options);
}
