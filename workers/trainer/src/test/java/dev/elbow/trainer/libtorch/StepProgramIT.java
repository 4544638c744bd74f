package dev.elbow.trainer.libtorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.Vae;
import dev.elbow.api.network.Likelihood;
import dev.elbow.api.network.Shape;
import dev.elbow.api.network.Tensor;
import dev.elbow.trainer.onnx.Models;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule of the compiler against libtorch's automatic differentiation. */
class StepProgramIT {
  private static final int BATCH = 3;
  private static final double TOLERANCE = 1e-5;

  private final LibtorchReference engine = new LibtorchReference();

  /** How an operation's result becomes an objective: each gives it another kind of gradient. */
  private static final Map<String, UnaryOperator<Tensor>> ENDS =
      Map.of(
          "its sum", Tensor::sum,
          "the sum of its squares", y -> y.plus(0.3).square().sum(),
          "a scheduled part of its mean",
              y -> y.mean().times(Tensor.scheduled("part", step -> 0.5 + step)),
          "a figure times itself", y -> y.sum().times(y.logSumExp()));

  static Stream<Arguments> rules() {
    return Stream.concat(
            dev.elbow.trainer.onnx.Operations.all(),
            Stream.of(
                rule("a slice used twice", x -> x.slice(0, 0, 4).plus(x.slice(0, 2, 6))),
                rule("slices side by side", x -> x.slice(0, 0, 2).concat(0, x.slice(0, 2, 6))),
                rule("an operation described twice", x -> x.tanh().plus(x.tanh())),
                rule("a value and itself", x -> x.times(x)),
                rule("softplus in a difference", x -> x.softplus().minus(x.times(x.square()))),
                rule("softplus and a figure", x -> x.sum().plus(x.softplus().scale(2))),
                rule("scheduled times a row", x -> x.times(Tensor.scheduled("a", step -> 3))),
                rule("scheduled plus a row", x -> x.plus(Tensor.scheduled("a", step -> 3))),
                rule(
                    "a function of what is scheduled",
                    x -> x.times(Tensor.scheduled("a", step -> 0.3).exp().plus(1))),
                rule("two layers on one input", x -> x.linear("a", 2).concat(0, x.linear("b", 3))),
                rule("one of two layers", x -> x.linear("a", 2).plus(x.linear("b", 3).sum()))))
        .flatMap(
            rule ->
                ENDS.keySet().stream()
                    .map(end -> Arguments.of(rule.get()[0], end, rule.get()[1], rule.get()[2])));
  }

  private static Arguments rule(String name, UnaryOperator<Tensor> block) {
    return Arguments.of(name, Shape.of(6), block);
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("rules")
  void aGradientIsThatOfAutomaticDifferentiation(
      String name, String end, Shape shape, UnaryOperator<Tensor> block) {
    compare(vae(shape, x -> ENDS.get(end).apply(block.apply(x))), shape);
  }

  private void compare(Vae vae, Shape shape) {
    Map<String, float[]> parameters = Models.parameters(vae.training().parameters(), 7);
    float[] x = Models.uniform(new Random(8), BATCH * (int) shape.size(), -1, 1);
    float[] eps = Models.uniform(new Random(9), BATCH, -1, 1);
    Map<String, float[]> expected = engine.automaticGradients(vae, parameters, x, eps, BATCH, 2);
    Map<String, float[]> found = engine.gradients(vae, parameters, x, eps, BATCH, 2);
    assertEquals(List.copyOf(expected.keySet()), List.copyOf(found.keySet()));
    expected.forEach((name, values) -> requireEqual(name, values, found.get(name)));
  }

  private static void requireEqual(String name, float[] expected, float[] found) {
    double largest = 0;
    double error = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      error = Math.max(error, Math.abs((double) expected[i] - found[i]));
    }
    double relative = error / Math.max(largest, Float.MIN_NORMAL);
    assertTrue(relative <= TOLERANCE, "%s differs by %g".formatted(name, relative));
  }

  /** A model whose input passes through a layer first, so that a gradient must flow back. */
  private static Vae vae(Shape shape, UnaryOperator<Tensor> objective) {
    Tensor x = Tensor.input("x", shape, "");
    Tensor eps = Tensor.input("eps", Shape.of(1), "");
    int[] dimensions = shape.toArray();
    Tensor h = x.flatten().linear("first", (int) shape.size()).reshape(dimensions);
    Tensor figure = objective.apply(h.plus(x));
    return new Vae(
        x, eps, eps, eps, eps, h, h, figure, eps, eps.sum(), figure, Likelihood.bernoulli());
  }
}
