package dev.elbow.trainer.libtorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.Vae;
import dev.elbow.api.network.Graph;
import dev.elbow.api.network.Parameter;
import dev.elbow.api.network.Shape;
import dev.elbow.testkit.ReferenceEngine;
import dev.elbow.trainer.onnx.Models;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LibtorchReferenceIT {
  private static final int BATCH = 5;

  private final ReferenceEngine engine = ReferenceEngine.find();

  static List<Vae> models() {
    return List.of(
        Models.dense(Shape.of(1, 4, 4), 6, 3), Models.convolutional(Shape.of(2, 6, 6), 3));
  }

  @ParameterizedTest
  @MethodSource("models")
  void gradientsAreTheSlopesOfTheObjective(Vae vae) {
    Random random = new Random(1);
    Map<String, float[]> parameters = Models.parameters(vae.training().parameters(), 2);
    int size = Math.toIntExact(vae.image().size());
    float[] x = Models.uniform(random, BATCH * size, 0, 1);
    float[] eps = Models.uniform(random, BATCH * vae.latent(), -1, 1);
    Map<String, float[]> gradients = engine.gradients(vae, parameters, x, eps, BATCH, 0);
    for (Parameter parameter : vae.training().parameters()) {
      float[] direction = Models.uniform(random, (int) parameter.shape().size(), -1, 1);
      double slope = slope(vae, parameters, parameter.name(), direction, x, eps);
      double expected = dot(gradients.get(parameter.name()), direction);
      assertEquals(slope, expected, 0.02 * Math.max(1, Math.abs(slope)), parameter.name());
      assertTrue(dot(gradients.get(parameter.name()), gradients.get(parameter.name())) > 0);
    }
  }

  @Test
  void aGradientIsTheMeanOverTheBatch() {
    Vae vae = Models.dense(Shape.of(1, 4, 4), 6, 3);
    Map<String, float[]> parameters = Models.parameters(vae.training().parameters(), 2);
    float[] x = Models.uniform(new Random(3), 2 * 16, 0, 1);
    float[] eps = Models.uniform(new Random(4), 2 * 3, -1, 1);
    Map<String, float[]> both = engine.gradients(vae, parameters, x, eps, 2, 0);
    List<Map<String, float[]>> alone = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      float[] xOfOne = Arrays.copyOfRange(x, 16 * i, 16 * i + 16);
      float[] epsOfOne = Arrays.copyOfRange(eps, 3 * i, 3 * i + 3);
      alone.add(engine.gradients(vae, parameters, xOfOne, epsOfOne, 1, 0));
    }
    for (String name : both.keySet()) {
      for (int i = 0; i < both.get(name).length; i++) {
        float mean = (alone.get(0).get(name)[i] + alone.get(1).get(name)[i]) / 2;
        assertEquals(mean, both.get(name)[i], 1e-4, name);
      }
    }
  }

  @Test
  void refusesArraysThatAreNotABatch() {
    Vae vae = Models.dense(Shape.of(1, 4, 4), 6, 3);
    Map<String, float[]> parameters = Models.parameters(vae.training().parameters(), 2);
    assertThrows(
        IllegalArgumentException.class,
        () -> engine.gradients(vae, parameters, new float[32], new float[3], 1, 0));
  }

  private double slope(
      Vae vae,
      Map<String, float[]> parameters,
      String name,
      float[] direction,
      float[] x,
      float[] eps) {
    float step = 0.005f;
    double above = objective(vae, moved(parameters, name, direction, step), x, eps);
    double below = objective(vae, moved(parameters, name, direction, -step), x, eps);
    return (above - below) / (2 * step);
  }

  private double objective(Vae vae, Map<String, float[]> parameters, float[] x, float[] eps) {
    float[] values =
        engine
            .compute(
                Graph.of(vae.objective()).outputs(),
                parameters,
                Map.of(vae.x(), x, vae.eps(), eps),
                BATCH,
                0)
            .get(0);
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static Map<String, float[]> moved(
      Map<String, float[]> parameters, String name, float[] direction, float step) {
    float[] values = parameters.get(name).clone();
    for (int i = 0; i < values.length; i++) {
      values[i] += step * direction[i];
    }
    Map<String, float[]> moved = new LinkedHashMap<>(parameters);
    moved.put(name, values);
    return moved;
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
