package dev.elbow.networks;

import dev.elbow.api.plugin.Encoder;
import dev.elbow.testkit.EncoderContract;
import java.util.List;
import java.util.Map;

class DenseEncoderIT extends EncoderContract {
  @Override
  protected Encoder plugin() {
    return new DenseEncoder();
  }

  @Override
  protected List<Map<String, Object>> variants() {
    return List.of(
        Map.of(),
        Map.of("hidden", List.of(11), "condition", "label"),
        Map.of("hidden", List.of()),
        Map.of("hidden", List.of(17, 9), "activation", "tanh"),
        Map.of("hidden", List.of(11), "activation", "leaky-relu"),
        Map.of("hidden", List.of(11), "activation", "sigmoid"),
        Map.of("hidden", List.of(11), "activation", "softplus"),
        Map.of("hidden", List.of(11), "activation", "gelu", "norm", "layer"),
        Map.of("hidden", List.of(7, 7), "activation", "silu", "norm", "batch", "residual", true),
        Map.of("hidden", List.of(20, 20), "dropout", 0.25, "residual", true));
  }

  @Override
  protected List<Map<String, Object>> manyWeights() {
    return List.of(Map.of("hidden", List.of(11, 7), "norm", "batch"));
  }
}
