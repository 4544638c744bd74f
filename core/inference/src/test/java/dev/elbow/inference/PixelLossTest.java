package dev.elbow.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PixelLossTest {
  private static final float[] X = {0, 1, 0.25f, 9};
  private static final float[] X_HAT = {0.5f, 0.75f, 0.5f, 9};

  @Test
  void aBernoulliLossIsTheCrossEntropyOfTheImageAlone() {
    double expected = -Math.log(0.5) - Math.log(0.75) - Math.log(0.5);
    PixelLoss loss = PixelLoss.ofLikelihood(Map.of("likelihood", "bernoulli")).orElseThrow();
    assertEquals(expected, loss.of(X, X_HAT, 0, 3), 1e-12);
    assertEquals(-Math.log(0.75), loss.of(X, X_HAT, 1, 1), 1e-12);
  }

  // A float has no probability between 1 - 2^-24 and 1.
  @Test
  void aSaturatedPixelThatIsWrongCostsMuchAndNotEverything() {
    PixelLoss loss = new PixelLoss.Bernoulli();
    double wrong = loss.of(new float[] {0, 1}, new float[] {1, 0}, 0, 2);
    assertEquals(2 * 24 * Math.log(2), wrong, 1e-9);
    double right = loss.of(new float[] {1, 0}, new float[] {1, 0}, 0, 2);
    assertEquals(0, right, 1e-9);
  }

  @Test
  void gaussianAndLaplaceLossesHaveTheConstantsOfTheirDensities() {
    Map<String, String> gaussian = Map.of("likelihood", "gaussian", "objective.sigma", "0.5");
    double squares = 0.25 + 0.0625 + 0.0625;
    double constant = Math.log(0.5 * Math.sqrt(2 * Math.PI));
    PixelLoss loss = PixelLoss.ofLikelihood(gaussian).orElseThrow();
    assertEquals(squares / 0.5 + 3 * constant, loss.of(X, X_HAT, 0, 3), 1e-9);
    Map<String, String> laplace = Map.of("likelihood", "laplace", "objective.sigma", "2");
    PixelLoss sharp = PixelLoss.ofLikelihood(laplace).orElseThrow();
    assertEquals(1.0 / 2 + 3 * Math.log(4), sharp.of(X, X_HAT, 0, 3), 1e-9);
    assertEquals(squares, PixelLoss.SQUARED_ERROR.of(X, X_HAT, 0, 3), 1e-9);
  }

  @Test
  void whatCannotBeComputedFromTheMeanImageIsNoLoss() {
    assertEquals(Optional.empty(), PixelLoss.ofLikelihood(Map.of()));
    assertTrue(PixelLoss.ofLikelihood(Map.of("likelihood", "continuous-bernoulli")).isEmpty());
    assertTrue(PixelLoss.ofLikelihood(Map.of("likelihood", "gaussian")).isEmpty());
    Map<String, String> odd = Map.of("likelihood", "gaussian", "objective.sigma", "wide");
    assertTrue(PixelLoss.ofLikelihood(odd).isEmpty());
  }
}
