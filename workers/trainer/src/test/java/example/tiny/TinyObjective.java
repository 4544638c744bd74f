package example.tiny;

import dev.elbow.api.network.Likelihood;
import dev.elbow.api.network.ObjectiveTerms;
import dev.elbow.api.network.Tensor;
import dev.elbow.api.plugin.Objective;
import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.Options;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A weighted KL, with a schedule that may fail or wait in the middle of training. */
public final class TinyObjective implements Objective {
  private static volatile CountDownLatch held = new CountDownLatch(0);

  /** From now on what waits in the middle does so for this latch. */
  public static CountDownLatch hold() {
    held = new CountDownLatch(1);
    return held;
  }

  @Override
  public String name() {
    return "tiny";
  }

  @Override
  public String description() {
    return "Reconstruction plus a weighted KL.";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.real("beta", 0, 1000, 1, "Weight of the KL."),
        Option.whole("failsAt", 0, 1_000_000, 1_000_000, "The step at which it fails."),
        Option.whole("waitsAt", 0, 1_000_000, 1_000_000, "The step that waits for a test."));
  }

  @Override
  public Likelihood likelihood(Options options) {
    return Likelihood.bernoulli();
  }

  @Override
  public Tensor describe(ObjectiveTerms terms, Options options) {
    Tensor beta = Tensor.scheduled("beta", at -> beta(at.step(), options));
    return terms.reconstruction().plus(terms.kl().times(beta));
  }

  private static double beta(long step, Options options) {
    if (step >= options.whole("failsAt")) {
      throw new ArithmeticException("no beta for step " + step);
    }
    if (step == options.whole("waitsAt")) {
      Squares.await(held);
    }
    return options.real("beta");
  }
}
