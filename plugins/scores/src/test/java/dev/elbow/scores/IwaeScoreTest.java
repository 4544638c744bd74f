package dev.elbow.scores;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.data.Images;
import dev.elbow.api.plugin.Options;
import dev.elbow.api.score.Codes;
import dev.elbow.api.score.ScoredModel;
import java.io.IOException;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The likelihood of a linear Gaussian model is known: x = W z + b + noise is normal with covariance
 * W Wᵀ + σ² I, and as the columns of W are orthogonal, so is its posterior with independent
 * dimensions.
 */
class IwaeScoreTest {
  private static final double[][] W = {{0.8, -0.3}, {0.5, 0.6}, {0.2, -0.3}};
  private static final double[] B = {0.4, 0.5, 0.6};
  private static final double VARIANCE = 0.25 * 0.25;

  /**
   * @param widening of the posteriors' variances; 1 for the true ones
   */
  private record Linear(double widening) implements ScoredModel {
    private static double x(int image, int pixel) {
      return (float) (0.5 + 0.4 * Math.sin(3.0 * image + pixel));
    }

    @Override
    public Images images() {
      throw new UnsupportedOperationException("the bound looks at no image itself");
    }

    @Override
    public int[] numbers() {
      return IntStream.range(0, 4).toArray();
    }

    @Override
    public int[] heldOut() {
      return new int[0];
    }

    @Override
    public Codes codes() {
      return codes(numbers());
    }

    @Override
    public Codes codes(int... images) {
      float[] mu = new float[2 * images.length];
      float[] logvar = new float[mu.length];
      for (int at = 0; at < mu.length; at++) {
        double squares = 0;
        double product = 0;
        for (int pixel = 0; pixel < 3; pixel++) {
          squares += W[pixel][at % 2] * W[pixel][at % 2];
          product += W[pixel][at % 2] * (x(images[at / 2], pixel) - B[pixel]);
        }
        double precision = 1 + squares / VARIANCE;
        mu[at] = (float) (product / VARIANCE / precision);
        logvar[at] = (float) Math.log(widening / precision);
      }
      return new Codes(2, mu, logvar);
    }

    @Override
    public double[] logLikelihoods(int[] images, float[] z) {
      return IntStream.range(0, images.length)
          .mapToDouble(i -> logLikelihood(images[i], z[2 * i], z[2 * i + 1]))
          .toArray();
    }

    private static double logLikelihood(int image, double first, double second) {
      double sum = 0;
      for (int pixel = 0; pixel < 3; pixel++) {
        double mean = W[pixel][0] * first + W[pixel][1] * second + B[pixel];
        double error = x(image, pixel) - mean;
        sum -= 0.5 * (error * error / VARIANCE + Math.log(2 * Math.PI * VARIANCE));
      }
      return sum;
    }

    @Override
    public void reaches(double share) {
      assertTrue(share >= 0 && share <= 1);
    }
  }

  private static double bound(double widening, int samples) {
    IwaeScore score = new IwaeScore();
    Options options = Options.check(score.options(), Map.of("samples", samples)).orThrow();
    return score.compute(new Linear(widening), options).get("iwae_log_likelihood");
  }

  @Test
  void withTheTruePosteriorItIsTheLikelihoodWhateverTheSamples() throws IOException {
    double exact = Fixtures.expected("linear.log_likelihood");
    assertEquals(exact, bound(1, 1), 1e-6);
    assertEquals(exact, bound(1, 5000), 1e-6);
  }

  @Test
  void withAnotherPosteriorItRisesToTheLikelihood() throws IOException {
    double exact = Fixtures.expected("linear.log_likelihood");
    double one = bound(20, 1);
    double fifty = bound(20, 50);
    // KL of the wide posterior is 19 − ln 20 nats.
    assertTrue(one < exact - 1, () -> "one sample " + one);
    assertTrue(fifty > one && fifty < exact + 0.5, () -> "fifty samples " + fifty);
    assertEquals(exact, bound(20, 50_000), 0.05);
  }
}
