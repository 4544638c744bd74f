package dev.elbow.objectives;

import dev.elbow.api.network.Likelihood;
import dev.elbow.api.network.ObjectiveTerms;
import dev.elbow.api.network.Schedule;
import dev.elbow.api.network.Tensor;
import dev.elbow.api.plugin.Objective;
import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.Options;
import java.util.List;

/**
 * reconstruction + γ · |KL − C|, where the capacity C rises linearly from 0 (Burgess et al. 2018,
 * “Understanding disentangling in β-VAE”, equation 8). KL is the mean over the batch: the capacity
 * is one of the whole channel, not of an image.
 */
public final class CapacityObjective implements Objective {
  private static final String GAMMA = "gamma";
  private static final String CAPACITY = "capacity";
  private static final String STEPS = "capacitySteps";

  private static final List<Option> OPTIONS =
      Likelihoods.after(
          Figures.option(GAMMA, 1000, "Weight of the distance between KL and capacity."),
          Figures.option(CAPACITY, 25, "Capacity in the end, in nats."),
          Option.whole(STEPS, 0, Figures.MOST_STEPS, 100_000, "Steps over which it rises from 0."));

  @Override
  public String name() {
    return "capacity";
  }

  @Override
  public String description() {
    return "Reconstruction plus gamma times the distance of KL from a rising capacity.";
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
    Schedule rising = rising(options.real(CAPACITY), options.whole(STEPS));
    Tensor capacity = Tensor.scheduled(CAPACITY, rising);
    Tensor distance = terms.kl().batchMean().minus(capacity).abs();
    return terms.reconstruction().plus(distance.times(Figures.of(GAMMA, options)));
  }

  private static Schedule rising(double capacity, long steps) {
    return at -> at.step() < steps ? capacity * ((double) at.step() / steps) : capacity;
  }
}
