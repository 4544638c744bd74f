package dev.elbow.objectives;

import dev.elbow.api.network.Likelihood;
import dev.elbow.api.network.ObjectiveTerms;
import dev.elbow.api.network.Tensor;
import dev.elbow.api.plugin.Objective;
import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.Options;
import java.util.List;

/**
 * IWAE: −log 1/k Σ_i p(x, z_i) / q(z_i | x) over k codes of an image, a bound that is tighter the
 * more there are (Burda et al. 2016, “Importance weighted autoencoders”, equation 8). With one code
 * it is the negative ELBO whose KL is estimated from that code.
 */
public final class ImportanceObjective implements Objective {
  private static final String SAMPLES = "samples";

  private static final List<Option> OPTIONS =
      Likelihoods.after(
          Option.whole(SAMPLES, 1, 10_000, 5, "Codes of each image; training time grows with it."));

  @Override
  public String name() {
    return "iwae";
  }

  @Override
  public String description() {
    return "The importance-weighted bound over several codes of each image.";
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
  public int samples(Options options) {
    return options.count(SAMPLES);
  }

  @Override
  public Tensor describe(ObjectiveTerms terms, Options options) {
    int samples = samples(options);
    Tensor z = terms.z();
    Tensor mu = forEach(samples, terms.mu());
    Tensor logvar = forEach(samples, terms.logvar());
    Tensor posterior = Gaussians.logDensity(z, mu, logvar).sum();
    Tensor weights = Gaussians.logPrior(z).sum().minus(posterior).minus(terms.reconstruction());
    Tensor bound = samples == 1 ? weights : weights.logSumExpOver().plus(-Math.log(samples));
    return bound.scale(-1);
  }

  private static Tensor forEach(int samples, Tensor x) {
    return samples == 1 ? x : x.repeated(samples);
  }
}
