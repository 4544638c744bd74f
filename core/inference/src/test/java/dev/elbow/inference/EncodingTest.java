package dev.elbow.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EncodingTest {
  // Two images of two dimensions: N(1, 1), N(0, 4); N(-2, 1/e²), N(0, 1).
  private static final Encoding ENCODING =
      new Encoding(new float[] {1, 0, -2, 0}, new float[] {0, (float) Math.log(4), -2, 0});

  @Test
  void klIsWhatNumericalIntegrationFinds() {
    double[] each = {
      integral(1, 1), integral(0, 2), integral(-2, Math.exp(-1)), integral(0, 1),
    };
    assertArrayEquals(new double[] {each[0] + each[1], each[2] + each[3]}, ENCODING.kl(2), 1e-5);
    assertArrayEquals(
        new double[] {(each[0] + each[2]) / 2, (each[1] + each[3]) / 2},
        ENCODING.klPerDimension(2),
        1e-5);
  }

  /** ∫ q log (q / p), by the rectangle rule. */
  private static double integral(double mean, double deviation) {
    double width = 1e-3;
    double sum = 0;
    for (double x = -30; x < 30; x += width) {
      double standard = (x - mean) / deviation;
      double logq = -0.5 * standard * standard - Math.log(deviation);
      double logp = -0.5 * x * x;
      sum += Math.exp(logq) / Math.sqrt(2 * Math.PI) * (logq - logp) * width;
    }
    return sum;
  }

  @Test
  void aSampleHasTheMomentsOfThePosterior() {
    int count = 50_000;
    float[] mu = new float[count];
    float[] logvar = new float[count];
    Arrays.fill(mu, 3);
    Arrays.fill(logvar, (float) Math.log(0.25));
    Encoding many = new Encoding(mu, logvar);
    assertMoments(3, 0.5, many.sample(1, 1));
    assertMoments(3, 1, many.sample(1, 2));
    assertArrayEquals(mu, many.sample(1, 0));
  }

  private static void assertMoments(double mean, double deviation, float[] values) {
    double sum = 0;
    double squares = 0;
    for (float value : values) {
      sum += value;
      squares += (value - mean) * (value - mean);
    }
    assertEquals(mean, sum / values.length, 0.02);
    assertEquals(deviation, Math.sqrt(squares / values.length), 0.02);
  }
}
