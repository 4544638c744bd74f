package dev.elbow.objectives;

import dev.elbow.api.network.Likelihood;
import dev.elbow.api.network.ObjectiveTerms;
import dev.elbow.api.network.Tensor;
import dev.elbow.api.plugin.Objective;
import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.Options;
import java.util.List;

/**
 * β-TCVAE: reconstruction + α · index-code mutual information + β · total correlation + γ ·
 * dimension-wise KL, the three that the mean KL is the sum of (Chen et al. 2018, “Isolating sources
 * of disentanglement in variational autoencoders”, equations 2 and 4).
 *
 * <p>What needs q(z) is estimated from the batch of M images of the N that there are, each code
 * against the posterior of each image. {@code weighted}: q(z) ≈ 1 / (NM) Σ q(z | x_j) (equation 5,
 * minibatch-weighted sampling). {@code stratified}: the code's own posterior counts 1 / N, that of
 * the next image of the batch (N − M + 1) / (N (M − 1)), every other 1 / (M − 1) (appendix C.2,
 * equation S6, minibatch-stratified sampling, whose mean over batches is q(z) itself). A batch of
 * one image has nothing but its own posterior.
 */
public final class TotalCorrelationObjective implements Objective {
  private static final String ALPHA = "alpha";
  private static final String BETA = "beta";
  private static final String GAMMA = "gamma";
  private static final String SAMPLING = "sampling";

  private static final List<Option> OPTIONS =
      Likelihoods.after(
          Figures.option(ALPHA, 1, "Weight of the mutual information of image and code."),
          Figures.option(BETA, 6, "Weight of the total correlation of the code."),
          Figures.option(GAMMA, 1, "Weight of the KL of each dimension to its prior."),
          Option.choice(
              SAMPLING,
              List.of("stratified", "weighted"),
              "How the density of a code is estimated from a batch."));

  @Override
  public String name() {
    return "tcvae";
  }

  @Override
  public String description() {
    return "Beta-TCVAE: reconstruction plus the three parts of KL, each with its weight.";
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
    Tensor z = terms.z();
    Tensor ofImage = Gaussians.logDensity(z, terms.mu(), terms.logvar()).sum();
    Tensor pairs = Gaussians.logDensity(z.firsts(), terms.mu().seconds(), terms.logvar().seconds());
    Tensor weights = logWeights(options);
    Tensor ofCode = pairs.sum().plus(weights).logSumExpOver();
    Tensor ofDimensions = pairs.plus(weights).logSumExpOver().sum();
    Tensor information = ofImage.minus(ofCode);
    Tensor correlation = ofCode.minus(ofDimensions);
    Tensor toPrior = ofDimensions.minus(Gaussians.logPrior(z).sum());
    return terms
        .reconstruction()
        .plus(information.times(Figures.of(ALPHA, options)))
        .plus(correlation.times(Figures.of(BETA, options)))
        .plus(toPrior.times(Figures.of(GAMMA, options)));
  }

  /** The logarithm of what the second's posterior counts for the first's code. */
  private static Tensor logWeights(Options options) {
    Tensor images = Tensor.trainingImages().log();
    if (options.text(SAMPLING).equals("weighted")) {
      return images.plus(Tensor.batchSize().log()).scale(-1);
    }
    Tensor same = Tensor.isSame();
    Tensor own = images.scale(-1).exp();
    Tensor next = Tensor.isNext().times(same.scale(-1).plus(1));
    Tensor others = same.plus(next).scale(-1).plus(1);
    // 1 / (M - 1) = exp(-log(M - 1)); a batch of one has no others.
    Tensor other = Tensor.batchSize().plus(-2).relu().plus(1).log().scale(-1).exp();
    Tensor rest = other.minus(own);
    return same.times(own).plus(next.times(rest)).plus(others.times(other)).log();
  }
}
