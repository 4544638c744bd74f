package dev.elbow.objectives;

import dev.elbow.api.network.Likelihood;
import dev.elbow.api.network.ObjectiveTerms;
import dev.elbow.api.network.Tensor;
import dev.elbow.api.plugin.Objective;
import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.Options;
import java.util.List;

/**
 * DIP-VAE: reconstruction + KL + λ_od · Σ_{i≠j} C_ij² + λ_d · Σ_i (C_ii − 1)² (Kumar et al. 2018,
 * “Variational inference of disentangled latent concepts from unlabeled observations”). In type I,
 * C is the covariance of the posterior means over the batch (equation 6); in type II it is that of
 * the codes, which adds the mean of the posterior variances (equation 7).
 */
public final class DipObjective implements Objective {
  private static final String TYPE = "type";
  private static final String OFF_DIAGONAL = "offDiagonal";
  private static final String DIAGONAL = "diagonal";

  private static final List<Option> OPTIONS =
      Likelihoods.after(
          Option.choice(TYPE, List.of("i", "ii"), "Covariance of means (i) or of codes (ii)."),
          Figures.option(OFF_DIAGONAL, 10, "Weight of squared covariances of two dimensions."),
          Figures.option(
              DIAGONAL,
              100,
              "Weight of squared distances of variances from 1; the paper has 10 times offDiagonal"
                  + " in type i, and as much in type ii."));

  @Override
  public String name() {
    return "dip";
  }

  @Override
  public String description() {
    return "DIP-VAE: reconstruction plus KL plus how far the codes' covariance is from the prior's.";
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
    Tensor centred = terms.mu().minus(terms.mu().batchMean());
    Tensor covariances = centred.outer(centred).batchMean();
    Tensor variances = centred.square().batchMean();
    Tensor betweenTwo = covariances.square().sum().minus(variances.square().sum());
    boolean ofCodes = options.text(TYPE).equals("ii");
    Tensor all = ofCodes ? variances.plus(terms.logvar().exp().batchMean()) : variances;
    Tensor fromOne = all.plus(-1).square().sum();
    return terms
        .reconstruction()
        .plus(terms.kl())
        .plus(betweenTwo.times(Figures.of(OFF_DIAGONAL, options)))
        .plus(fromOne.times(Figures.of(DIAGONAL, options)));
  }
}
