package dev.elbow.objectives;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.elbow.api.Vae;
import dev.elbow.api.network.Op;
import dev.elbow.api.network.Shape;
import dev.elbow.api.network.Tensor;
import dev.elbow.api.plugin.Objective;
import dev.elbow.api.plugin.Options;
import dev.elbow.testkit.RandomArrays;
import dev.elbow.testkit.ReferenceEngine;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each objective beside its formula in plain loops over given mu, logvar, z, x and noise, in
 * double. The engine says that there are as many training images as the batch has.
 */
class FormulasIT {
  private static final int PIXELS = 6;
  private static final int LATENT = 3;
  private static final int STEP = 1_000;

  private final ReferenceEngine engine = ReferenceEngine.find();

  /** Some images with codes, and what the formulas need of them. */
  private final class Batch {
    final int size;
    final float[] x;
    final float[] logits;
    final float[] mu;
    final float[] logvar;
    final float[] z;
    final float[] prior;

    Batch(int size) {
      this.size = size;
      x = RandomArrays.uniform((long) size * PIXELS, 1);
      logits = RandomArrays.normal((long) size * PIXELS, 2);
      mu = RandomArrays.normal((long) size * LATENT, 3);
      logvar = RandomArrays.normal((long) size * LATENT, 4);
      z = RandomArrays.normal((long) size * LATENT, 5);
      prior = RandomArrays.normal((long) size * LATENT, 6);
    }

    double reconstruction(int i) {
      double sum = 0;
      for (int p = i * PIXELS; p < (i + 1) * PIXELS; p++) {
        sum += Math.log1p(Math.exp(logits[p])) - x[p] * logits[p];
      }
      return sum;
    }

    double kl(int i, int d) {
      double m = mu[i * LATENT + d];
      double v = logvar[i * LATENT + d];
      return 0.5 * (m * m + Math.exp(v) - v - 1);
    }

    double kl(int i) {
      return IntStream.range(0, LATENT).mapToDouble(d -> kl(i, d)).sum();
    }

    double meanKl(int d) {
      return IntStream.range(0, size).mapToDouble(i -> kl(i, d)).average().orElseThrow();
    }

    /** log q(z_d of image i | image j). */
    double logPosterior(int i, int j, int d) {
      double variance = Math.exp(logvar[j * LATENT + d]);
      double distance = z[i * LATENT + d] - mu[j * LATENT + d];
      return -0.5 * (Math.log(2 * Math.PI * variance) + distance * distance / variance);
    }

    double logPrior(int i, int d) {
      return -0.5 * (Math.log(2 * Math.PI) + z[i * LATENT + d] * z[i * LATENT + d]);
    }
  }

  private double[] computed(Objective objective, Map<String, Object> options, Batch batch) {
    Options checked = Options.check(objective.options(), options).orThrow();
    Vae vae = Vae.losses(Shape.of(PIXELS), LATENT, new Vae.Part<>(objective, checked));
    Map<Tensor, float[]> given = new HashMap<>();
    vae.training().order().stream()
        .filter(value -> value.op() instanceof Op.Input)
        .forEach(value -> given.put(value, values(((Op.Input) value.op()).name(), batch)));
    float[] found =
        engine.compute(List.of(vae.objective()), Map.of(), given, batch.size, STEP).get(0);
    return IntStream.range(0, found.length).mapToDouble(i -> found[i]).toArray();
  }

  private static float[] values(String input, Batch batch) {
    return switch (input) {
      case "x" -> batch.x;
      case "logits" -> batch.logits;
      case "mu" -> batch.mu;
      case "logvar" -> batch.logvar;
      case "z" -> batch.z;
      case "eps", "noise_prior" -> batch.prior;
      case "noise_samples" -> RandomArrays.normal((long) batch.size * 4 * LATENT, 7);
      default -> throw new AssertionError(input);
    };
  }

  private static void assertAlike(Batch batch, double[] found, DoubleOfImage expected) {
    assertEquals(batch.size, found.length);
    for (int i = 0; i < found.length; i++) {
      double value = expected.of(i);
      assertEquals(value, found[i], 2e-5 * Math.max(1, Math.abs(value)), "image " + i);
    }
  }

  private interface DoubleOfImage {
    double of(int image);
  }

  @Test
  void capacityPullsTheMeanKlToARisingFigure() {
    Batch batch = new Batch(7);
    double[] found =
        computed(
            new CapacityObjective(),
            Map.of("gamma", 30, "capacity", 8, "capacitySteps", 4_000),
            batch);
    double mean = IntStream.range(0, 7).mapToDouble(batch::kl).average().orElseThrow();
    assertAlike(batch, found, i -> batch.reconstruction(i) + 30 * Math.abs(mean - 8 * 0.25));
  }

  @Test
  void freeBitsChargeEachDimensionAtLeastLambda() {
    Batch batch = new Batch(7);
    double lambda = batch.meanKl(1);
    double[] found = computed(new FreeBitsObjective(), Map.of("lambda", lambda), batch);
    double charged =
        IntStream.range(0, LATENT).mapToDouble(d -> Math.max(lambda, batch.meanKl(d))).sum();
    assertAlike(batch, found, i -> batch.reconstruction(i) + charged);
  }

  /** The engine says that step 1,000 is the last of 1,001: the cycles have 1,001, 334 and 143. */
  @ParameterizedTest
  @CsvSource({"1, 0.5, 1", "3, 1, 0.994011976", "7, 0.9999, 0.993106"})
  void cyclesRiseToBetaAgainAndAgain(int cycles, double rising, double part) {
    Batch batch = new Batch(4);
    double[] found =
        computed(
            new CyclicalObjective(), Map.of("beta", 3, "cycles", cycles, "rising", rising), batch);
    assertAlike(batch, found, i -> batch.reconstruction(i) + 3 * part * batch.kl(i));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void totalCorrelationByMinibatchWeightedSampling(int size) {
    Batch batch = new Batch(size);
    double[] found =
        computed(
            new TotalCorrelationObjective(),
            Map.of("alpha", 2, "beta", 5, "gamma", 0.5, "sampling", "weighted"),
            batch);
    double weight = 1.0 / ((double) size * size);
    assertAlike(batch, found, i -> totalCorrelation(batch, i, j -> weight));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void totalCorrelationByMinibatchStratifiedSampling(int size) {
    Batch batch = new Batch(size);
    double[] found =
        computed(
            new TotalCorrelationObjective(), Map.of("alpha", 2, "beta", 5, "gamma", 0.5), batch);
    int others = size - 1;
    assertAlike(
        batch,
        found,
        i ->
            totalCorrelation(
                batch,
                i,
                j -> {
                  if ((int) j == i) {
                    return 1.0 / size;
                  }
                  boolean isNext = (int) j == (i + 1) % size;
                  return isNext ? (double) (size - others) / (size * others) : 1.0 / others;
                }));
  }

  private static double totalCorrelation(Batch batch, int i, DoubleUnaryOperator weight) {
    double ofImage = 0;
    double ofDimensions = 0;
    double toPrior = 0;
    double joint = 0;
    double[] marginals = new double[LATENT];
    for (int j = 0; j < batch.size; j++) {
      double logDensity = 0;
      for (int d = 0; d < LATENT; d++) {
        marginals[d] += weight.applyAsDouble(j) * Math.exp(batch.logPosterior(i, j, d));
        logDensity += batch.logPosterior(i, j, d);
      }
      joint += weight.applyAsDouble(j) * Math.exp(logDensity);
    }
    for (int d = 0; d < LATENT; d++) {
      ofImage += batch.logPosterior(i, i, d);
      ofDimensions += Math.log(marginals[d]);
      toPrior += batch.logPrior(i, d);
    }
    return batch.reconstruction(i)
        + 2 * (ofImage - Math.log(joint))
        + 5 * (Math.log(joint) - ofDimensions)
        + 0.5 * (ofDimensions - toPrior);
  }

  @ParameterizedTest
  @ValueSource(strings = {"i", "ii"})
  void dipPenalisesTheCovarianceOfMeansOrCodes(String type) {
    Batch batch = new Batch(6);
    double[] found =
        computed(new DipObjective(), Map.of("type", type, "offDiagonal", 3, "diagonal", 7), batch);
    double penalty = 0;
    for (int a = 0; a < LATENT; a++) {
      for (int b = 0; b < LATENT; b++) {
        double covariance = covariance(batch, a, b);
        double own = type.equals("ii") ? meanVariance(batch, a) : 0;
        penalty +=
            a == b
                ? 7 * (covariance + own - 1) * (covariance + own - 1)
                : 3 * covariance * covariance;
      }
    }
    double all = penalty;
    assertAlike(batch, found, i -> batch.reconstruction(i) + batch.kl(i) + all);
  }

  private static double covariance(Batch batch, int a, int b) {
    double product = 0;
    double meanA = 0;
    double meanB = 0;
    for (int i = 0; i < batch.size; i++) {
      double left = batch.mu[i * LATENT + a];
      double right = batch.mu[i * LATENT + b];
      product += left * right / batch.size;
      meanA += left / batch.size;
      meanB += right / batch.size;
    }
    return product - meanA * meanB;
  }

  private static double meanVariance(Batch batch, int d) {
    double sum = 0;
    for (int i = 0; i < batch.size; i++) {
      sum += Math.exp(batch.logvar[i * LATENT + d]) / batch.size;
    }
    return sum;
  }

  /** What each image has is its share: their mean is the estimate. */
  @ParameterizedTest
  @CsvSource({"imq, 5", "rbf, 5", "imq, 1", "rbf, 2"})
  void infoVaeAddsTheDiscrepancyOfCodesAndPrior(String kernel, int size) {
    Batch batch = new Batch(size);
    double[] found =
        computed(
            new MmdObjective(),
            Map.of("alpha", 0.25, "lambda", 4, "kernel", kernel, "bandwidth", 0.7),
            batch);
    double expected =
        IntStream.range(0, size)
                .mapToDouble(i -> batch.reconstruction(i) + 0.75 * batch.kl(i))
                .average()
                .orElseThrow()
            + 3.25 * discrepancy(batch, kernel);
    double mean = Arrays.stream(found).average().orElseThrow();
    assertEquals(expected, mean, 2e-5 * Math.abs(expected));
  }

  private static double discrepancy(Batch batch, String kernel) {
    int n = batch.size;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        if (i != j) {
          sum += kernel(kernel, batch.z, i, batch.z, j) / (n * (n - 1.0));
          sum += kernel(kernel, batch.prior, i, batch.prior, j) / (n * (n - 1.0));
        }
        sum -= 2 * kernel(kernel, batch.z, i, batch.prior, j) / ((double) n * n);
      }
    }
    return sum;
  }

  private static double kernel(String name, float[] a, int i, float[] b, int j) {
    double distance = 0;
    for (int d = 0; d < LATENT; d++) {
      distance += Math.pow((double) a[i * LATENT + d] - b[j * LATENT + d], 2);
    }
    double scale = 2 * LATENT * 0.49;
    return name.equals("imq") ? scale / (scale + distance) : Math.exp(-distance / scale);
  }

  /** Logits stand for whatever the decoder gives, so here they are the same for each code. */
  @ParameterizedTest
  @ValueSource(strings = {"standard", "dreg"})
  void theImportanceWeightedBoundIsTheLogarithmOfTheMeanWeight(String gradient) {
    Batch batch = new Batch(4);
    double[] found =
        computed(new ImportanceObjective(), Map.of("samples", 5, "gradient", gradient), batch);
    float[] others = values("noise_samples", batch);
    assertAlike(
        batch,
        found,
        i -> {
          double sum = 0;
          for (int k = 0; k < 5; k++) {
            double logWeight = -batch.reconstruction(i);
            for (int d = 0; d < LATENT; d++) {
              int at = i * LATENT + d;
              double eps = k == 0 ? batch.prior[at] : others[(i * 4 + k - 1) * LATENT + d];
              double z = batch.mu[at] + Math.exp(0.5 * batch.logvar[at]) * eps;
              logWeight += -0.5 * z * z + 0.5 * (batch.logvar[at] + eps * eps);
            }
            sum += Math.exp(logWeight) / 5;
          }
          return -Math.log(sum);
        });
  }
}
