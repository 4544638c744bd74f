package dev.elbow.testkit;

import dev.elbow.api.network.Graph;
import dev.elbow.api.network.Initialisation;
import dev.elbow.api.network.Parameter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Arrays of random values, the same ones for a seed on every machine. */
public final class RandomArrays {
  private RandomArrays() {}

  /** Even in [0, 1): images. */
  public static float[] uniform(long size, long seed) {
    Random random = new Random(seed);
    float[] values = new float[Math.toIntExact(size)];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return values;
  }

  /** Standard normal: noise and codes. */
  public static float[] normal(long size, long seed) {
    Random random = new Random(seed);
    float[] values = new float[Math.toIntExact(size)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** Even in 0 … 255. */
  public static byte[] bytes(long size, long seed) {
    byte[] values = new byte[Math.toIntExact(size)];
    new Random(seed).nextBytes(values);
    return values;
  }

  /**
   * Values for every parameter and buffer of {@code graph} by name, spread as its initialisation
   * says.
   */
  public static Map<String, float[]> parameters(Graph graph, long seed) {
    Map<String, float[]> values = new LinkedHashMap<>();
    for (Parameter parameter : graph.state()) {
      values.put(parameter.name(), values(parameter, seed + values.size()));
    }
    return values;
  }

  private static float[] values(Parameter parameter, long seed) {
    float[] values = uniform(parameter.shape().size(), seed);
    for (int i = 0; i < values.length; i++) {
      values[i] = scaled(values[i], parameter.initialisation());
    }
    return values;
  }

  private static float scaled(float unit, Initialisation initialisation) {
    return initialisation instanceof Initialisation.Uniform uniform
        ? (float) ((2 * unit - 1) * uniform.bound())
        : (float) ((Initialisation.Constant) initialisation).value();
  }
}
