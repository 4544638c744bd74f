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
  void aContinuousBernoulliLossIsOfADensityWhoseMeanIsTheReconstruction() {
    PixelLoss loss =
        PixelLoss.ofLikelihood(Map.of("likelihood", "continuous-bernoulli")).orElseThrow();
    for (float mean : new float[] {0.002f, 0.1f, 0.48f, 0.5f, 0.5001f, 0.7f, 0.99f}) {
      double all = 0;
      double weighted = 0;
      int steps = 200_000;
      for (int i = 0; i < steps; i++) {
        float x = (i + 0.5f) / steps;
        double density = Math.exp(-loss.of(new float[] {x}, new float[] {mean}, 0, 1)) / steps;
        all += density;
        weighted += x * density;
      }
      assertEquals(1, all, 1e-5, "mean " + mean);
      assertEquals(mean, weighted, 1e-5);
    }
  }

  // Logits that float images still tell apart; what a saturated one costs stays finite.
  @Test
  void aContinuousBernoulliLossIsThatOfTheLogitThatTheImageCameFrom() {
    PixelLoss loss = new PixelLoss.ContinuousBernoulli();
    for (double logit : new double[] {-40, -6, -1e-2, 0, 0.3, 15}) {
      double u = logit / 2;
      double mean = u == 0 ? 0.5 : 0.5 + 0.5 * (1 / Math.tanh(u) - 1 / u);
      double constant = u == 0 ? 0 : Math.log(Math.sinh(u) / u);
      double expected = constant - (0.25 - 0.5) * logit;
      double found = loss.of(new float[] {0.25f}, new float[] {(float) mean}, 0, 1);
      assertEquals(expected, found, 1e-4 * Math.max(1, Math.abs(expected)), "logit " + logit);
    }
    assertTrue(Double.isFinite(loss.of(new float[] {0}, new float[] {1}, 0, 1)));
  }

  @Test
  void whatCannotBeComputedFromTheMeanImageIsNoLoss() {
    assertEquals(Optional.empty(), PixelLoss.ofLikelihood(Map.of()));
    assertTrue(PixelLoss.ofLikelihood(Map.of("likelihood", "of-tomorrow")).isEmpty());
    assertTrue(PixelLoss.ofLikelihood(Map.of("likelihood", "gaussian")).isEmpty());
    Map<String, String> odd = Map.of("likelihood", "gaussian", "objective.sigma", "wide");
    assertTrue(PixelLoss.ofLikelihood(odd).isEmpty());
  }
}
