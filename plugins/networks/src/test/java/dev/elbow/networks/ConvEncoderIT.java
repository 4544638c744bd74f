package dev.elbow.networks;

import dev.elbow.api.network.Shape;
import dev.elbow.api.plugin.Encoder;
import dev.elbow.testkit.EncoderContract;
import java.util.List;
import java.util.Map;

class ConvEncoderIT extends EncoderContract {
  @Override
  protected Encoder plugin() {
    return new ConvEncoder();
  }

  @Override
  protected List<Map<String, Object>> variants() {
    return List.of(
        Map.of(),
        Map.of("channels", List.of(4, 3), "dense", List.of(8), "condition", "label"),
        Map.of("channels", List.of(3, 5), "dense", List.of(), "activation", "leaky-relu"),
        Map.of("channels", List.of(4), "kernel", 3, "stride", 1, "padding", 0, "dense", List.of(9)),
        Map.of("channels", List.of(2, 3), "kernel", 5, "stride", 3, "padding", 2),
        Map.of("channels", List.of(3, 2), "dense", List.of(8), "norm", "layer", "dropout", 0.2),
        Map.of(
            "channels",
            List.of(6, 3),
            "dense",
            List.of(8),
            "norm",
            "batch",
            "activation",
            "silu",
            "residual",
            true));
  }

  @Override
  protected List<Shape> refusedImages() {
    return List.of(Shape.of(1, 8, 8), Shape.of(3, 64, 7));
  }

  @Override
  protected List<Map<String, Object>> manyWeights() {
    return List.of(Map.of("channels", List.of(4, 3), "dense", List.of(8), "condition", "label"));
  }
}
