package dev.elbow.objectives;

import dev.elbow.api.network.Condition;
import dev.elbow.api.network.Likelihood;
import dev.elbow.api.network.ObjectiveTerms;
import dev.elbow.api.network.Tensor;
import dev.elbow.api.plugin.Objective;
import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.Options;
import java.util.List;
import java.util.Optional;

/**
 * reconstruction + β · KL, where β is drawn anew for each example, log β uniform over a range, and
 * the networks are told it: one training gives the whole rate–distortion curve (Bae et al. 2023,
 * “Multi-Rate VAE: Train once, get the full rate–distortion curve”).
 */
public final class MultiRateObjective implements Objective {
  private static final String LEAST = "betaMin";
  private static final String MOST = "betaMax";

  private static final List<Option> OPTIONS =
      Likelihoods.after(
          Option.positive(LEAST, 0.1, "Smallest weight of the KL term that the model is for."),
          Option.positive(MOST, 10, "Largest weight of the KL term that the model is for."));

  @Override
  public String name() {
    return "multi-rate";
  }

  @Override
  public String description() {
    return "Reconstruction plus beta times KL for all beta of a range in one training.";
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
  public Optional<Condition.Beta> weights(Options options) {
    double least = options.real(LEAST);
    double most = options.real(MOST);
    if (!(least < most)) {
      throw new IllegalArgumentException(
          "betaMin < betaMax must hold, but got (betaMin=%s, betaMax=%s)".formatted(least, most));
    }
    return Optional.of(new Condition.Beta(least, most));
  }

  @Override
  public Tensor describe(ObjectiveTerms terms, Options options) {
    return terms.reconstruction().plus(terms.kl().times(terms.conditions().beta().orElseThrow()));
  }
}
