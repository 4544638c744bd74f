package dev.elbow.objectives;

import dev.elbow.api.network.Likelihood;
import dev.elbow.api.network.ObjectiveTerms;
import dev.elbow.api.network.Tensor;
import dev.elbow.api.plugin.Objective;
import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.Options;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * IWAE: −log 1/k Σ_i p(x, z_i) / q(z_i | x) over k codes of an image, a bound that is tighter the
 * more there are (Burda et al. 2016, “Importance weighted autoencoders”, equation 8). With one code
 * it is the negative ELBO whose KL is estimated from that code.
 *
 * <p>With {@code gradient: dreg} the encoder learns by another estimate of the same gradient, whose
 * noise does not grow beside it with more codes: Σ_i w_i² · ∂ log(p(x, z_i) / q(z_i | x)) / ∂z_i ·
 * ∂z_i / ∂φ with the normalised weights w (Tucker et al. 2018, “Doubly reparameterized gradient
 * estimators for Monte Carlo objectives”, equation 8). The decoder's is the same, and so is the
 * figure.
 */
public final class ImportanceObjective implements Objective {
  private static final String SAMPLES = "samples";
  private static final String GRADIENT = "gradient";
  private static final String DREG = "dreg";

  private static final List<Option> OPTIONS =
      Likelihoods.after(
          Option.whole(SAMPLES, 1, 10_000, 5, "Codes of each image; training time grows with it."),
          Option.choice(
              GRADIENT,
              List.of("standard", DREG),
              "How the encoder's gradient is estimated: as that of the bound, or by DReG."));

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
    if (!isDreg(options)) {
      return bound(logWeights(terms, samples, x -> x), samples).scale(-1);
    }
    Tensor logWeights = logWeights(terms, samples, Tensor::detached);
    Tensor bound = bound(logWeights, samples).detached();
    // The figure is the bound; its gradient is that of the logarithms, each with its weight.
    Tensor slopes = logWeights.minus(logWeights.detached());
    Tensor learned =
        samples == 1 ? slopes : slopes.times(normalised(logWeights, samples)).sumOver();
    return bound.plus(learned).scale(-1);
  }

  @Override
  public Optional<Tensor> codeWeight(ObjectiveTerms terms, Options options) {
    int samples = samples(options);
    return isDreg(options) && samples > 1
        ? Optional.of(normalised(logWeights(terms, samples, Tensor::detached), samples))
        : Optional.empty();
  }

  private static boolean isDreg(Options options) {
    return options.text(GRADIENT).equals(DREG);
  }

  /**
   * log p(x, z) / q(z | x) of each code.
   *
   * @param density what the parameters of the posterior's density are, as far as gradients go
   */
  private static Tensor logWeights(
      ObjectiveTerms terms, int samples, UnaryOperator<Tensor> density) {
    Tensor z = terms.z();
    Tensor mu = density.apply(forEach(samples, terms.mu()));
    Tensor logvar = density.apply(forEach(samples, terms.logvar()));
    Tensor posterior = Gaussians.logDensity(z, mu, logvar).sum();
    return Gaussians.logPrior(z).sum().minus(posterior).minus(terms.reconstruction());
  }

  private static Tensor bound(Tensor logWeights, int samples) {
    return samples == 1 ? logWeights : logWeights.logSumExpOver().plus(-Math.log(samples));
  }

  private static Tensor normalised(Tensor logWeights, int samples) {
    return logWeights.minus(logWeights.logSumExpOver().repeated(samples)).exp().detached();
  }

  private static Tensor forEach(int samples, Tensor x) {
    return samples == 1 ? x : x.repeated(samples);
  }
}
