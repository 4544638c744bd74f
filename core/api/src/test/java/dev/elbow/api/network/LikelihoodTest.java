package dev.elbow.api.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.IdentityHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LikelihoodTest {
  private final Tensor x = Tensor.input("x", Shape.of(1, 1, 2), "");
  private final Tensor logits = Tensor.input("logits", Shape.of(1, 1, 2), "");

  private double[] evaluate(Tensor output, double[] image, double[] given) {
    Map<Tensor, double[]> inputs = new IdentityHashMap<>();
    inputs.put(x, image);
    inputs.put(logits, given);
    return Graph.of(output).evaluate(new Arithmetic(), inputs).get(0);
  }

  @Test
  void bernoulliIsTheCrossEntropyInNats() {
    double p = 1 / (1 + Math.exp(-0.7));
    double q = 1 / (1 + Math.exp(2));
    double expected = -Math.log(p) - 0.25 * Math.log(q) - 0.75 * Math.log(1 - q);
    Tensor loss = Likelihood.bernoulli().negativeLogLikelihood(logits, x);
    assertEquals(
        expected, evaluate(loss, new double[] {1, 0.25}, new double[] {0.7, -2})[0], 1e-12);
    assertArrayEquals(
        new double[] {p, q},
        evaluate(Likelihood.bernoulli().mean(logits), new double[2], new double[] {0.7, -2}),
        1e-12);
  }

  @Test
  void gaussianIncludesItsConstant() {
    double sigma = 0.5;
    double expected =
        (0.04 + 0.09) / (2 * 0.25) + 2 * Math.log(0.5) + 2 * 0.5 * Math.log(2 * Math.PI);
    Tensor loss = Likelihood.gaussian(sigma).negativeLogLikelihood(logits, x);
    assertEquals(
        expected, evaluate(loss, new double[] {1, 0.2}, new double[] {0.8, 0.5})[0], 1e-12);
    assertEquals(logits, Likelihood.gaussian(sigma).mean(logits));
  }

  @Test
  void sigmaMustBeAPositiveNumber() {
    for (double sigma : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(IllegalArgumentException.class, () -> Likelihood.gaussian(sigma));
    }
  }

  @Test
  void laplaceIncludesItsConstant() {
    double scale = 0.5;
    double expected = (0.2 + 0.3) / 0.5 + 2 * Math.log(2 * 0.5);
    Tensor loss = Likelihood.laplace(scale).negativeLogLikelihood(logits, x);
    assertEquals(
        expected, evaluate(loss, new double[] {1, 0.2}, new double[] {0.8, 0.5})[0], 1e-12);
    assertEquals(logits, Likelihood.laplace(scale).mean(logits));
    assertThrows(IllegalArgumentException.class, () -> Likelihood.laplace(0));
  }

  /** Equations 3 to 6 of the paper as they stand, which divide 0 by 0 at a logit of 0. */
  @Test
  void continuousBernoulliIsTheDensityOfThePaper() {
    double[] found = {2.5, -0.3};
    double[] image = {0.9, 0.4};
    double expected = 0;
    double[] means = new double[2];
    for (int i = 0; i < 2; i++) {
      double p = 1 / (1 + Math.exp(-found[i]));
      double atanh = 0.5 * Math.log((2 - 2 * p) / (2 * p));
      expected -= image[i] * Math.log(p) + (1 - image[i]) * Math.log(1 - p);
      expected -= Math.log(2 * atanh / (1 - 2 * p));
      means[i] = p / (2 * p - 1) + 1 / (2 * atanh);
    }
    Likelihood likelihood = Likelihood.continuousBernoulli();
    Tensor loss = likelihood.negativeLogLikelihood(logits, x);
    assertEquals(expected, evaluate(loss, image, found)[0], 1e-12);
    assertArrayEquals(means, evaluate(likelihood.mean(logits), image, found), 1e-12);
  }

  @Test
  void continuousBernoulliIsEvenAtALogitOfZero() {
    Likelihood likelihood = Likelihood.continuousBernoulli();
    Tensor loss = likelihood.negativeLogLikelihood(logits, x);
    assertEquals(0, evaluate(loss, new double[] {0.1, 0.8}, new double[2])[0], 1e-12);
    double[] means = evaluate(likelihood.mean(logits), new double[2], new double[2]);
    assertArrayEquals(new double[] {0.5, 0.5}, means, 1e-12);
  }
}
