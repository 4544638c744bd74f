package dev.elbow.trainer.libtorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.Training;
import dev.elbow.api.Vae;
import dev.elbow.api.network.Likelihood;
import dev.elbow.api.network.Shape;
import dev.elbow.api.network.Tensor;
import dev.elbow.api.plugin.Options;
import dev.elbow.trainer.onnx.Models;
import dev.elbow.trainer.program.StepProgram;
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

  private static final Training BF16 =
      new Training(Options.defaults(Training.declared())).withPrecision(Training.BF16);

  private final LibtorchReference engine = new LibtorchReference();

  /** How an operation's result becomes an objective: each gives it another kind of gradient. */
  private static final Map<String, UnaryOperator<Tensor>> ENDS =
      Map.of(
          "its sum", Tensor::sum,
          "the sum of its squares", y -> y.plus(0.3).square().sum(),
          "a scheduled part of its mean",
              y -> y.mean().times(Tensor.scheduled("part", at -> 0.5 + at.step())),
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
                rule("a mean over the batch", x -> x.minus(x.batchMean().scale(0.5)).times(x)),
                rule("a figure's mean over the batch", x -> x.sum().exp().batchMean().times(x)),
                rule("times the size of the batch", x -> x.times(Tensor.batchSize())),
                rule("pairs", x -> x.firsts().times(x.seconds().exp()).sumOver()),
                rule(
                    "mean distance of pairs",
                    x -> x.firsts().minus(x.seconds().scale(0.5)).square().meanOver()),
                rule("figures of pairs", x -> x.sum().firsts().plus(x.seconds()).meanOver()),
                rule(
                    "a mixture over the batch",
                    x ->
                        x.firsts()
                            .minus(x.seconds().scale(2))
                            .square()
                            .sum()
                            .scale(-1)
                            .logSumExpOver()),
                rule(
                    "pairs of two",
                    x -> x.firsts().times(x.seconds()).times(Tensor.isNext()).sumOver()),
                rule(
                    "other pairs",
                    x -> x.seconds().square().times(Tensor.isSame().scale(-1).plus(1)).meanOver()),
                rule("samples", x -> x.reshape(3, 2).samples().tanh().meanOver()),
                rule(
                    "a layer on samples",
                    x ->
                        x.reshape(3, 2)
                            .samples()
                            .linear("a", 4)
                            .softplus()
                            .sum()
                            .plus(x.mean().repeated(3))
                            .logSumExpOver()),
                rule(
                    "samples side by side",
                    x -> x.reshape(3, 2).samples().tanh().joined().times(x.reshape(3, 2))),
                rule("figures of samples", x -> x.reshape(3, 2).samples().sum().joined()),
                rule("in another order", x -> x.batchOrdered(x.square()).times(x)),
                rule("figures in another order", x -> x.sum().batchOrdered(x.mean()).times(x)),
                rule("samples of one", x -> x.repeated(2).times(x.tanh().repeated(2)).sumOver()),
                rule(
                    "norms of samples",
                    x ->
                        x.reshape(2, 3)
                            .samples()
                            .linear("a", 4, false)
                            .batchNorm("b")
                            .tanh()
                            .dropout("d", 0.4)
                            .layerNorm("c")
                            .times(x.slice(0, 0, 4).repeated(2))
                            .sumOver()),
                rule(
                    "convolutions of samples",
                    x ->
                        x.reshape(2, 1, 1, 3)
                            .samples()
                            .conv2d("a", 2, 2, 1, 1)
                            .relu()
                            .convTranspose2d("b", 1, 2, 2, 0, 0)
                            .sumOver()),
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

  static Stream<Arguments> largeProducts() {
    Shape image = Shape.of(8, 16, 16);
    return Stream.of(
        Arguments.of(
            "linear",
            Shape.of(300),
            block(x -> x.linear("a", 400).relu().linear("b", 300).relu().linear("c", 400))),
        Arguments.of(
            "linear without bias, normalised",
            Shape.of(300),
            block(x -> x.linear("a", 400, false).layerNorm("n").gelu().linear("b", 300, false))),
        Arguments.of(
            "conv2d without bias, normalised",
            image,
            block(
                x -> {
                  Tensor h = x.conv2d("a", 32, 4, 2, 1, false).batchNorm("n").silu();
                  return h.dropout("d", 0.2).convTranspose2d("b", 8, 4, 2, 1, 0, false);
                })),
        Arguments.of(
            "samples",
            Shape.of(600),
            block(x -> x.reshape(2, 300).samples().linear("a", 400).relu().meanOver())),
        Arguments.of(
            "conv2d",
            image,
            block(x -> x.conv2d("a", 32, 4, 2, 1).relu().conv2d("b", 32, 4, 2, 1).relu())),
        Arguments.of(
            "convTranspose2d",
            image,
            block(x -> x.convTranspose2d("a", 16, 4, 2, 1, 0).relu().flatten().linear("b", 20))),
        Arguments.of(
            "one channel",
            Shape.of(1, 32, 32),
            block(x -> x.conv2d("a", 32, 4, 2, 1).relu().convTranspose2d("b", 1, 4, 2, 1, 0))));
  }

  private static UnaryOperator<Tensor> block(UnaryOperator<Tensor> block) {
    return block;
  }

  /** Eight bits of a number are left, and near zero some of a relu's fall on its other side. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("largeProducts")
  void aGradientInBf16PointsWhereThatOfAutomaticDifferentiationDoes(
      String name, Shape shape, UnaryOperator<Tensor> block) {
    Vae vae = vae(shape, x -> block.apply(x).square().sum());
    assertTrue(StepProgram.of(vae, BF16).text().contains("halves"), "nothing is in bf16");
    Map<String, float[]> parameters = Models.parameters(vae.training().state(), 7);
    float[] x = Models.uniform(new Random(8), BATCH * (int) shape.size(), -1, 1);
    float[] eps = Models.uniform(new Random(9), BATCH, -1, 1);
    Map<String, float[]> expected = engine.automaticGradients(vae, parameters, x, eps, BATCH, 2);
    engine
        .gradients(vae, Training.BF16, parameters, x, eps, BATCH, 2)
        .forEach((weight, found) -> requireNear(weight, expected.get(weight), found));
  }

  private static void requireNear(String name, float[] expected, float[] found) {
    double length = 0;
    double error = 0;
    for (int i = 0; i < expected.length; i++) {
      length += (double) expected[i] * expected[i];
      error += Math.pow((double) expected[i] - found[i], 2);
    }
    double relative = Math.sqrt(error / length);
    assertTrue(relative < 0.05, "%s is off by %g of its length".formatted(name, relative));
  }

  private void compare(Vae vae, Shape shape) {
    Map<String, float[]> parameters = Models.parameters(vae.training().state(), 7);
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
