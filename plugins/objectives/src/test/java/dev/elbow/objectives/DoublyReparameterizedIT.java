package dev.elbow.objectives;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.Vae;
import dev.elbow.api.network.Shape;
import dev.elbow.api.plugin.Options;
import dev.elbow.testkit.PlainModels;
import dev.elbow.testkit.RandomArrays;
import dev.elbow.testkit.ReferenceEngine;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two estimates of one gradient agree in the mean over many draws, and in nothing else. */
class DoublyReparameterizedIT {
  private static final int PIXELS = 5;
  private static final int DRAWS = 200_000;

  private final ReferenceEngine engine = ReferenceEngine.find();

  private Map<String, float[]> gradients(String estimate) {
    Options options =
        Options.check(
                new ImportanceObjective().options(), Map.of("samples", 3, "gradient", estimate))
            .orThrow();
    Vae vae =
        Vae.describe(
            Shape.of(PIXELS),
            2,
            PlainModels.encoder(),
            PlainModels.decoder(),
            new Vae.Part<>(new ImportanceObjective(), options));
    float[] image = RandomArrays.uniform(PIXELS, 1);
    float[] images = new float[DRAWS * PIXELS];
    for (int i = 0; i < images.length; i++) {
      images[i] = image[i % PIXELS];
    }
    float[] noise = RandomArrays.normal((long) DRAWS * vae.noiseSize(), 2);
    Map<String, float[]> parameters = RandomArrays.parameters(vae.training(), 3);
    return engine.gradients(vae, parameters, images, noise, DRAWS, 0);
  }

  @Test
  void theEncodersGradientIsThatOfTheBoundInTheMeanAndTheDecodersAlways() {
    Map<String, float[]> bound = gradients("standard");
    Map<String, float[]> dreg = gradients("dreg");
    bound.forEach(
        (name, values) -> {
          float largest = 0;
          for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
          }
          float tolerance = name.startsWith("decoder") ? 1e-5f : 0.02f;
          assertArrayEquals(values, dreg.get(name), tolerance * largest, name);
        });
    float[] one = bound.get("encoder.mu.bias");
    assertTrue(one[0] != dreg.get("encoder.mu.bias")[0], "it is the same estimate");
  }
}
