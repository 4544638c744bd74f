package dev.elbow.objectives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.elbow.api.Vae;
import dev.elbow.api.network.Graph;
import dev.elbow.api.network.Likelihood;
import dev.elbow.api.network.Moment;
import dev.elbow.api.network.Op;
import dev.elbow.api.network.Schedule;
import dev.elbow.api.network.Shape;
import dev.elbow.api.plugin.Options;
import dev.elbow.testkit.PlainModels;
import dev.elbow.testkit.Structure;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ElboObjectiveTest {
  private static Options options(Map<String, Object> given) {
    return Options.check(new ElboObjective().options(), given).orThrow();
  }

  private static Vae vae(Map<String, Object> given) {
    return Vae.describe(
        Shape.of(1, 2, 2),
        2,
        PlainModels.encoder(),
        PlainModels.decoder(),
        new Vae.Part<>(new ElboObjective(), options(given)));
  }

  private static Schedule weight(Map<String, Object> given) {
    return Graph.of(vae(given).objective()).order().stream()
        .filter(tensor -> tensor.op() instanceof Op.Scheduled)
        .map(tensor -> ((Op.Scheduled) tensor.op()).schedule())
        .findFirst()
        .orElseThrow();
  }

  private static Moment at(long step) {
    return new Moment(step, 2_000_000, 100);
  }

  @Test
  void withoutWarmupTheWeightIsBetaFromTheFirstStep() {
    assertEquals(1, weight(Map.of()).at(at(0)));
    assertEquals(4, weight(Map.of("beta", 4)).at(at(0)));
    assertEquals(4, weight(Map.of("beta", 4)).at(at(1_000_000)));
  }

  @Test
  void warmupRisesLinearlyFromZeroToBeta() {
    Schedule weight = weight(Map.of("beta", 2, "warmupSteps", 10));
    assertEquals(0, weight.at(at(0)));
    assertEquals(1, weight.at(at(5)));
    assertEquals(1.8, weight.at(at(9)), 1e-12);
    assertEquals(2, weight.at(at(10)));
    assertEquals(2, weight.at(at(11)));
  }

  @Test
  void modelsThatDifferInBetaAloneAreOneProgram() {
    Structure one = Structure.of(vae(Map.of("beta", 1)).training());
    assertEquals(one, Structure.of(vae(Map.of("beta", 0)).training()));
    assertEquals(one, Structure.of(vae(Map.of("beta", 8, "warmupSteps", 7)).training()));
    assertNotEquals(one, Structure.of(vae(Map.of("likelihood", "gaussian")).training()));
  }

  @Test
  void theLikelihoodIsTheChosenOne() {
    ElboObjective elbo = new ElboObjective();
    assertEquals(Likelihood.bernoulli(), elbo.likelihood(options(Map.of())));
    assertEquals(
        Likelihood.gaussian(0.3),
        elbo.likelihood(options(Map.of("likelihood", "gaussian", "sigma", 0.3))));
    assertEquals(
        Likelihood.laplace(0.3),
        elbo.likelihood(options(Map.of("likelihood", "laplace", "sigma", 0.3))));
    assertEquals(
        Likelihood.continuousBernoulli(),
        elbo.likelihood(options(Map.of("likelihood", "continuous-bernoulli"))));
  }
}
