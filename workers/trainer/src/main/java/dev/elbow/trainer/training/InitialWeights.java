package dev.elbow.trainer.training;

import dev.elbow.api.Vae;
import dev.elbow.api.network.Initialisation;
import dev.elbow.api.network.Parameter;
import dev.elbow.trainer.random.RandomStream;
import dev.elbow.trainer.random.StreamKey;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Draws the weights that training begins with. */
public final class InitialWeights {
  private InitialWeights() {}

  /**
   * Values for each parameter and buffer of {@code vae}, from a stream for each name, so that other
   * layers do not change it.
   */
  public static Map<String, float[]> draw(Vae vae, long seed) {
    Map<String, float[]> values = new LinkedHashMap<>();
    for (Parameter parameter : vae.training().state()) {
      values.put(parameter.name(), draw(parameter, seed));
    }
    return values;
  }

  private static float[] draw(Parameter parameter, long seed) {
    float[] values = new float[Math.toIntExact(parameter.shape().size())];
    if (parameter.initialisation() instanceof Initialisation.Uniform uniform) {
      RandomStream stream = StreamKey.ofTrial(seed, "initialisation", parameter.name()).stream();
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (uniform.bound() * (2 * stream.nextDouble() - 1));
      }
    } else if (parameter.initialisation() instanceof Initialisation.Constant constant) {
      Arrays.fill(values, (float) constant.value());
    }
    return values;
  }
}
