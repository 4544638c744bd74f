package dev.elbow.objectives;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.elbow.api.Vae;
import dev.elbow.api.network.Shape;
import dev.elbow.api.network.Tensor;
import dev.elbow.api.plugin.Objective;
import dev.elbow.api.plugin.Options;
import dev.elbow.testkit.PlainModels;
import dev.elbow.testkit.RandomArrays;
import dev.elbow.testkit.ReferenceEngine;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** FactorVAE beside its formulas in plain loops, in double. */
class DiscriminatorIT {
  private static final Shape IMAGE = Shape.of(1, 2, 3);
  private static final int LATENT = 3;
  private static final int HIDDEN = 5;
  private static final double GAMMA = 7;

  private final ReferenceEngine engine = ReferenceEngine.find();
  private final Vae vae = vae(new FactorObjective(), options(GAMMA));
  private final Map<String, float[]> weights = RandomArrays.parameters(vae.training(), 3);

  private static Map<String, Object> options(double gamma) {
    return Map.of("gamma", gamma, "discriminatorHidden", List.of(HIDDEN));
  }

  private static Vae vae(Objective objective, Map<String, Object> options) {
    return Vae.describe(
        IMAGE,
        LATENT,
        PlainModels.encoder(),
        PlainModels.decoder(),
        new Vae.Part<>(objective, Options.check(objective.options(), options).orThrow()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 9})
  void chargesTheLogarithmOfTheDensityRatioAndLearnsToTellPermutedCodes(int batch) {
    float[] z = RandomArrays.normal((long) batch * LATENT, 1);
    float[] keys = RandomArrays.normal((long) batch * LATENT, 2);
    Map<Tensor, float[]> given = new HashMap<>();
    given.put(vae.x(), RandomArrays.uniform(batch * IMAGE.size(), 4));
    given.put(vae.z(), z);
    given.put(vae.noise().get(1), keys);
    List<Tensor> outputs =
        List.of(
            vae.objective(), vae.reconstruction(), vae.kl(), vae.adversary().orElseThrow().loss());
    List<float[]> found = engine.compute(outputs, weights, given, batch, 0);
    float[] permuted = permuted(z, keys, batch);
    for (int i = 0; i < batch; i++) {
      double ofCode = ratio(z, i);
      double ofPermuted = ratio(permuted, i);
      double elbo = found.get(1)[i] + found.get(2)[i];
      assertEquals(elbo + GAMMA * ofCode, found.get(0)[i], 1e-5 * Math.abs(elbo));
      double loss = -0.5 * (Math.log(sigmoid(ofCode)) + Math.log(1 - sigmoid(ofPermuted)));
      assertEquals(loss, found.get(3)[i], 1e-5);
    }
  }

  /** Each dimension for itself, the code with the smallest key first. */
  private static float[] permuted(float[] z, float[] keys, int batch) {
    float[] permuted = new float[z.length];
    for (int d = 0; d < LATENT; d++) {
      int dimension = d;
      int[] order =
          IntStream.range(0, batch)
              .boxed()
              .sorted(Comparator.comparing(i -> keys[i * LATENT + dimension]))
              .mapToInt(Integer::intValue)
              .toArray();
      for (int i = 0; i < batch; i++) {
        permuted[i * LATENT + d] = z[order[i] * LATENT + d];
      }
    }
    return permuted;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** What the discriminator says of code {@code i}: the logarithm of D / (1 − D). */
  private double ratio(float[] z, int i) {
    double[] code = IntStream.range(0, LATENT).mapToDouble(d -> z[i * LATENT + d]).toArray();
    double[] hidden =
        Arrays.stream(layer("adversary.hidden1", code)).map(h -> h > 0 ? h : 0.2 * h).toArray();
    double[] logits = layer("adversary.logits", hidden);
    return logits[0] - logits[1];
  }

  private double[] layer(String name, double[] in) {
    float[] weight = weights.get(name + ".weight");
    double[] out = new double[weight.length / in.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = weights.get(name + ".bias")[i];
      for (int j = 0; j < in.length; j++) {
        out[i] += weight[i * in.length + j] * in[j];
      }
    }
    return out;
  }

  @Test
  void eachNetworkLearnsFromItsOwnFigureAlone() {
    Map<String, float[]> weighed = gradients(vae);
    Map<String, float[]> free = gradients(vae(new FactorObjective(), options(0)));
    Map<String, float[]> elbo = gradients(vae(new ElboObjective(), Map.of("beta", 1)));
    // Whatever the weight of its verdict, the discriminator learns the same.
    for (String name : List.of("adversary.hidden1.weight", "adversary.logits.bias")) {
      assertArrayEquals(weighed.get(name), free.get(name), name);
    }
    // Without it the model learns what it learns alone.
    elbo.forEach((name, values) -> assertArrayEquals(values, free.get(name), 1e-6f, name));
    String encoder = "encoder.mu.weight";
    assertFalse(Arrays.equals(weighed.get(encoder), free.get(encoder)));
    // Codes reach the decoder before they are judged.
    String decoder = "decoder.output.weight";
    assertArrayEquals(weighed.get(decoder), free.get(decoder), decoder);
  }

  private Map<String, float[]> gradients(Vae model) {
    int batch = 6;
    float[] x = RandomArrays.uniform(batch * IMAGE.size(), 4);
    // The same codes, whether there is other noise beside theirs or not.
    float[] eps = RandomArrays.normal((long) batch * LATENT, 5);
    int width = model.noiseSize();
    float[] noise = RandomArrays.normal((long) batch * width, 6);
    for (int i = 0; i < batch; i++) {
      System.arraycopy(eps, i * LATENT, noise, i * width, LATENT);
    }
    return engine.gradients(model, weights, x, noise, batch, 0);
  }

  @Test
  void whatNoDiscriminatorCanHaveIsRefusedAllAtOnce() {
    Map<String, Object> wrong =
        Map.of(
            "gamma", -1,
            "discriminatorHidden", List.of(),
            "discriminatorLearningRate", 0);
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> Options.check(new FactorObjective().options(), wrong).orThrow());
    for (String name : wrong.keySet()) {
      assertEquals(true, refused.getMessage().contains(name), refused.getMessage());
    }
  }
}
