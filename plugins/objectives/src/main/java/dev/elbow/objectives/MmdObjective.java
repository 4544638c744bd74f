package dev.elbow.objectives;

import dev.elbow.api.network.Likelihood;
import dev.elbow.api.network.ObjectiveTerms;
import dev.elbow.api.network.Shape;
import dev.elbow.api.network.Tensor;
import dev.elbow.api.plugin.Objective;
import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.Options;
import java.util.List;

/**
 * InfoVAE: reconstruction + (1 − α) · KL + (α + λ − 1) · MMD(q(z), p(z)) (Zhao et al. 2017,
 * “InfoVAE”, equation 6). With α = 1 it is WAE-MMD with the weight λ (Tolstikhin et al. 2018,
 * “Wasserstein auto-encoders”, algorithm 2).
 *
 * <p>MMD is the unbiased estimate of algorithm 2: over n codes z of the batch and as many draws p
 * of the prior, 1 / (n (n − 1)) Σ_{i≠j} (k(z_i, z_j) + k(p_i, p_j)) − 2 / n² Σ_{i,j} k(z_i, p_j).
 * With C = 2 · latent · bandwidth², the kernel {@code imq} is C / (C + ‖a − b‖²) and {@code rbf} is
 * exp(−‖a − b‖² / C) (section 4 there).
 */
public final class MmdObjective implements Objective {
  private static final String ALPHA = "alpha";
  private static final String LAMBDA = "lambda";
  private static final String KERNEL = "kernel";
  private static final String BANDWIDTH = "bandwidth";

  private static final List<Option> OPTIONS =
      Likelihoods.after(
          Option.real(ALPHA, -1e6, 1, 0, "What the KL term counts less than 1; at 1 it is gone."),
          Figures.option(LAMBDA, 10, "Weight of the distance of all codes from the prior."),
          Option.choice(KERNEL, List.of("imq", "rbf"), "What two codes have in common."),
          Option.positive(BANDWIDTH, 1, "How far apart codes are that have little in common."));

  @Override
  public String name() {
    return "infovae";
  }

  @Override
  public String description() {
    return "InfoVAE: reconstruction plus part of KL plus the MMD of codes and prior; WAE at alpha 1.";
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
    double alpha = options.real(ALPHA);
    double distance = alpha + options.real(LAMBDA) - 1;
    if (distance < 0) {
      throw new IllegalArgumentException(
          "alpha + lambda - 1 must be at least 0, got %s + %s - 1"
              .formatted(alpha, options.real(LAMBDA)));
    }
    Tensor ofKl = Tensor.scheduled("klWeight", at -> 1 - alpha);
    Tensor ofDistance = Tensor.scheduled("mmdWeight", at -> distance);
    return terms
        .reconstruction()
        .plus(terms.kl().times(ofKl))
        .plus(discrepancy(terms.z(), options).times(ofDistance));
  }

  private static Tensor discrepancy(Tensor z, Options options) {
    Shape code = z.shape();
    Tensor prior = Tensor.noise("prior", code);
    double bandwidth = options.real(BANDWIDTH);
    double scale = 2 * code.size() * bandwidth * bandwidth;
    boolean isImq = options.text(KERNEL).equals("imq");
    Tensor different = Tensor.isSame().scale(-1).plus(1);
    Tensor alike = kernel(z, z, scale, isImq).plus(kernel(prior, prior, scale, isImq));
    Tensor others = Tensor.batchSize().plus(-2).relu().plus(1).log().scale(-1).exp();
    Tensor within = alike.times(different).sumOver().times(others);
    return within.minus(kernel(z, prior, scale, isImq).meanOver().scale(2));
  }

  private static Tensor kernel(Tensor a, Tensor b, double scale, boolean isImq) {
    Tensor distance = a.firsts().minus(b.seconds()).square().sum().scale(1 / scale);
    return isImq ? distance.plus(1).log().scale(-1).exp() : distance.scale(-1).exp();
  }
}
