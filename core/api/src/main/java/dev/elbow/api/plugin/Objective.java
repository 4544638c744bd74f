package dev.elbow.api.plugin;

import dev.elbow.api.network.Likelihood;
import dev.elbow.api.network.ObjectiveTerms;
import dev.elbow.api.network.Tensor;

/** Describes what training minimises. */
public interface Objective extends Plugin {
  /** The likelihood that the decoder's output is read with. */
  Likelihood likelihood(Options options);

  /**
   * How many codes of each image training draws: see {@link ObjectiveTerms}. Evaluation draws one.
   */
  default int samples(Options options) {
    return 1;
  }

  /**
   * The figure to minimise, per example, shape {@code []}; training takes its mean over a batch.
   * Options that are mere figures (β) belong into {@link Tensor#scheduled}, so that trials which
   * differ in them share one program. Pure.
   */
  Tensor describe(ObjectiveTerms terms, Options options);
}
