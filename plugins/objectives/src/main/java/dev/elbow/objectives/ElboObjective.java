package dev.elbow.objectives;

import dev.elbow.api.network.Likelihood;
import dev.elbow.api.network.ObjectiveTerms;
import dev.elbow.api.network.Schedule;
import dev.elbow.api.network.Tensor;
import dev.elbow.api.plugin.Objective;
import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.Options;
import java.util.List;
import java.util.stream.Stream;

/**
 * reconstruction + β · KL: the negative ELBO of Kingma and Welling 2014 at β = 1, β-VAE (Higgins et
 * al. 2017, equation 4) elsewhere. With warm-up the weight rises linearly from 0 to β (Bowman et
 * al. 2016, section 3.1).
 */
public final class ElboObjective implements Objective {
  private static final List<Option> OPTIONS =
      Stream.concat(
              Likelihoods.after(Figures.option("beta", 1, "Weight of the KL term.")).stream(),
              Stream.of(
                  Option.whole(
                      "warmupSteps",
                      0,
                      Figures.MOST_STEPS,
                      0,
                      "Steps over which the weight of the KL term rises linearly from 0 to beta.")))
          .toList();

  @Override
  public String name() {
    return "elbo";
  }

  @Override
  public String description() {
    return "Reconstruction plus beta times KL: the negative ELBO at beta 1.";
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
    Schedule weight = weight(options.real("beta"), options.whole("warmupSteps"));
    return terms.reconstruction().plus(terms.kl().times(Tensor.scheduled("beta", weight)));
  }

  private static Schedule weight(double beta, long warmupSteps) {
    return at -> at.step() < warmupSteps ? beta * ((double) at.step() / warmupSteps) : beta;
  }
}
