package dev.elbow.objectives;

import dev.elbow.api.network.Likelihood;
import dev.elbow.api.network.Moment;
import dev.elbow.api.network.ObjectiveTerms;
import dev.elbow.api.network.Schedule;
import dev.elbow.api.network.Tensor;
import dev.elbow.api.plugin.Objective;
import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.Options;
import java.util.List;

/**
 * reconstruction + β_t · KL, where β_t rises from 0 to β again and again: in each of M cycles
 * linearly over a share R of it, and stays until its end (Fu et al. 2019, “Cyclical annealing
 * schedule”, equations 6 and 7).
 */
public final class CyclicalObjective implements Objective {
  private static final String BETA = "beta";
  private static final String CYCLES = "cycles";
  private static final String RISING = "rising";

  private static final List<Option> OPTIONS =
      Likelihoods.after(
          Figures.option(BETA, 1, "Weight of the KL term at the end of each cycle."),
          Option.whole(CYCLES, 1, 1_000_000, 4, "How many cycles the training has."),
          Option.real(RISING, 0, 1, 0.5, "Share of a cycle in which the weight rises from 0."));

  @Override
  public String name() {
    return "cyclical";
  }

  @Override
  public String description() {
    return "Reconstruction plus KL times a weight that rises from 0 in each of several cycles.";
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
    double beta = options.real(BETA);
    long cycles = options.whole(CYCLES);
    double rising = options.real(RISING);
    Schedule weight = at -> beta * part(at, cycles, rising);
    return terms.reconstruction().plus(terms.kl().times(Tensor.scheduled(BETA, weight)));
  }

  private static double part(Moment at, long cycles, double rising) {
    long length = (at.steps() + cycles - 1) / cycles;
    double place = (double) (at.step() % length) / length;
    return place < rising ? place / rising : 1;
  }
}
