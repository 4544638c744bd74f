package dev.elbow.trainer.onnx;

import dev.elbow.api.network.Shape;
import java.util.Arrays;
import java.util.List;

/** Functions that divide by nothing at 0, where a series of Taylor's stands instead. */
final class OnnxCurves {
  private static final float NEAR_ZERO = 0.49f;
  private static final float FAR = 0.5f;

  private final GraphWriter graph;

  OnnxCurves(GraphWriter graph) {
    this.graph = graph;
  }

  /** log(sinh(x) / x). */
  Edge logSinhc(Edge x) {
    Edge q = times(x, x);
    Edge near =
        times(
            q,
            series(q, 1 / 6., -1 / 180., 1 / 2835., -1 / 37800., 1 / 467775., -691 / 3831077250.));
    Edge size = size(x);
    Edge lost = plus(map("Neg", map("Exp", times(size, -2))), 1);
    Edge logarithms = map("Sub", map("Log", lost), map("Log", times(size, 2)));
    return nearOrFar(q, near, map("Add", size, logarithms));
  }

  /** coth(x) − 1 / x. */
  Edge langevin(Edge x) {
    Edge q = times(x, x);
    Edge near =
        times(x, series(q, 1 / 3., -1 / 45., 2 / 945., -1 / 4725., 2 / 93555., -1382 / 638512875.));
    Edge size = size(x);
    Edge slope = map("Sub", map("Reciprocal", map("Tanh", size)), map("Reciprocal", size));
    return nearOrFar(q, near, times(slope, map("Sign", x)));
  }

  private Edge size(Edge x) {
    return map("Max", map("Abs", x), constant(FAR));
  }

  private Edge nearOrFar(Edge q, Edge near, Edge far) {
    Edge isNear = map("Less", q, constant(NEAR_ZERO));
    List<String> inputs = List.of(isNear.name(), near.name(), far.name());
    return graph.node("Where", q.shape(), inputs);
  }

  /** A polynomial (Horner). */
  private Edge series(Edge q, double... factors) {
    Edge sum = times(q, factors[factors.length - 1]);
    for (int i = factors.length - 2; i > 0; i--) {
      sum = times(plus(sum, factors[i]), q);
    }
    return plus(sum, factors[0]);
  }

  private Edge times(Edge x, double factor) {
    return map("Mul", x, constant(factor));
  }

  private Edge times(Edge a, Edge b) {
    return map("Mul", a, b);
  }

  private Edge plus(Edge x, double summand) {
    return map("Add", x, constant(summand));
  }

  private Edge constant(double value) {
    return new Edge(graph.constant((float) value), Shape.of());
  }

  private Edge map(String type, Edge... inputs) {
    return graph.node(type, inputs[0].shape(), Arrays.stream(inputs).map(Edge::name).toList());
  }
}
