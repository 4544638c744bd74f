package dev.elbow.objectives;

import dev.elbow.api.network.Likelihood;
import dev.elbow.api.network.ObjectiveTerms;
import dev.elbow.api.network.Tensor;
import dev.elbow.api.plugin.Objective;
import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.Options;
import java.util.List;

/**
 * reconstruction + Σ_d max(λ, KL_d), where KL_d is the mean over the batch of a dimension's KL: no
 * dimension gains by saying less than λ (Kingma et al. 2016, “Improved variational inference with
 * inverse autoregressive flow”, equation 15, with one dimension for each group).
 */
public final class FreeBitsObjective implements Objective {
  private static final String LAMBDA = "lambda";

  private static final List<Option> OPTIONS =
      Likelihoods.after(
          Figures.option(LAMBDA, 0.25, "Nats of KL that cost each dimension nothing."));

  @Override
  public String name() {
    return "free-bits";
  }

  @Override
  public String description() {
    return "Reconstruction plus the KL of each dimension, which is free below lambda nats.";
  }

  @Override
  public List<Option> options() {
    return OPTIONS;
  }

  @Override
  public Likelihood likelihood(Options options) {
    return Likelihoods.of(options);
  }

  @Override
  public Tensor describe(ObjectiveTerms terms, Options options) {
    Tensor lambda = Figures.of(LAMBDA, options);
    Tensor above = terms.klPerDimension().batchMean().minus(lambda).relu();
    return terms.reconstruction().plus(above.plus(lambda).sum());
  }
}
