package dev.elbow.objectives;

import dev.elbow.api.network.Adversary;
import dev.elbow.api.network.Likelihood;
import dev.elbow.api.network.ObjectiveTerms;
import dev.elbow.api.network.Tensor;
import dev.elbow.api.plugin.Objective;
import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.Options;
import java.util.List;
import java.util.Optional;

/**
 * FactorVAE: reconstruction + KL + γ · TC(z), where the total correlation KL(q(z) ‖ Π_d q(z_d)) is
 * estimated as E[log D(z) / (1 − D(z))] by a discriminator D (Kim and Mnih 2018, “Disentangling by
 * factorising”, equations 2 and 3). D learns to tell codes from codes whose dimensions were
 * permuted over the batch, each for itself: it minimises −½ (log D(z) + log(1 − D(permuted)))
 * (algorithms 1 and 2), by Adam with betas 0.5 and 0.9, and has the paper's six layers of 1,000
 * units with leaky ReLU of slope 0.2 (appendix A).
 *
 * <p>Algorithm 2 permutes the codes of a second batch. Here they are those of the same batch, as in
 * disentanglement_lib (Locatello et al. 2019), so that every image of an epoch trains the model,
 * and both networks learn from what they were before the step. In a batch of one image nothing is
 * permuted. γ · TC is what {@code train_objective} has beyond the loss.
 */
public final class FactorObjective implements Objective {
  private static final String GAMMA = "gamma";
  private static final String HIDDEN = "discriminatorHidden";
  private static final String RATE = "discriminatorLearningRate";
  private static final double SLOPE = 0.2;
  private static final double BETA1 = 0.5;
  private static final double BETA2 = 0.9;

  private static final List<Option> OPTIONS =
      Likelihoods.after(
          Figures.option(GAMMA, 35, "Weight of the total correlation of the code."),
          Option.wholes(
              HIDDEN,
              1,
              16,
              1,
              65_536,
              List.of(1000, 1000, 1000, 1000, 1000, 1000),
              "Sizes of the hidden layers of the discriminator."),
          Option.positive(RATE, 1e-4, "Learning rate of the discriminator, the same all along."));

  @Override
  public String name() {
    return "factor-vae";
  }

  @Override
  public String description() {
    return "FactorVAE: reconstruction plus KL plus gamma times total correlation, by a discriminator.";
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
    return terms.reconstruction().plus(terms.kl());
  }

  @Override
  public Optional<Adversary> adversary(ObjectiveTerms terms, Options options) {
    Tensor z = terms.z();
    int latent = z.shape().dimension(0);
    Tensor permuted = z.batchOrdered(Tensor.noise("permutation", z.shape()));
    // As two samples of each image both pass through the discriminator as one batch.
    Tensor both = z.reshape(1, latent).concat(0, permuted.reshape(1, latent)).samples();
    Tensor ratios = logRatio(both, options.counts(HIDDEN)).joined();
    Tensor ofCodes = ratios.slice(0, 0, 1).sum();
    Tensor ofPermuted = ratios.slice(0, 1, 2).sum();
    // −log D = softplus(−l) and −log(1 − D) = softplus(l) for D = sigmoid(l).
    Tensor loss = ofCodes.scale(-1).softplus().plus(ofPermuted.softplus()).scale(0.5);
    Tensor penalty = ofCodes.times(Figures.of(GAMMA, options));
    return Optional.of(new Adversary(penalty, loss, Figures.of(RATE, options), BETA1, BETA2));
  }

  /** log D / (1 − D), the difference of the discriminator's two outputs. */
  private static Tensor logRatio(Tensor codes, int[] sizes) {
    Tensor h = codes;
    for (int i = 0; i < sizes.length; i++) {
      h = h.linear("hidden" + (i + 1), sizes[i]).leakyRelu(SLOPE);
    }
    Tensor logits = h.linear("logits", 2);
    return logits.slice(0, 0, 1).minus(logits.slice(0, 1, 2)).sum();
  }
}
