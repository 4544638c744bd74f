package dev.elbow.trainer.libtorch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.elbow.api.network.Graph;
import dev.elbow.api.network.Moment;
import dev.elbow.api.network.Shape;
import dev.elbow.api.network.Tensor;
import dev.elbow.trainer.onnx.Models;
import dev.elbow.trainer.onnx.PlainJava;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TensorRulesIT {
  private static final int BATCH = 3;

  private final LibtorchReference engine = new LibtorchReference();

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.elbow.trainer.onnx.Operations#all")
  void computesWhatPlainJavaDoes(String name, Shape shape, UnaryOperator<Tensor> block) {
    Tensor x = Tensor.input("x", shape, "");
    Tensor y = block.apply(x);
    Map<String, float[]> parameters = Models.parameters(Graph.of(y).state(), 7);
    float[] values = Models.uniform(new Random(8), BATCH * (int) shape.size(), -2, 2);
    Map<Tensor, float[]> given = Map.of(x, values);
    float[] expected = new PlainJava(parameters).compute(List.of(y), given, BATCH).get(0);
    float[] found = engine.compute(List.of(y), parameters, given, BATCH, 0).get(0);
    assertEquals(expected.length, found.length);
    for (int i = 0; i < expected.length; i++) {
      double tolerance = 1e-5 * Math.max(1, Math.abs(expected[i]));
      assertEquals(expected[i], found[i], tolerance, "element " + i);
    }
  }

  @Test
  void aScheduledFigureIsTheSameForTheWholeBatch() {
    Tensor x = Tensor.input("x", Shape.of(2), "");
    Tensor y = x.times(Tensor.scheduled("beta", at -> at.step() * 0.5));
    float[] found =
        engine.compute(List.of(y), Map.of(), Map.of(x, new float[] {1, 2, 3, 4}), 2, 3).get(0);
    assertArrayEquals(new float[] {1.5f, 3, 4.5f, 6}, found);
  }

  @Test
  void aScheduledFigureAloneHasOneValueForEachExample() {
    Tensor figure = Tensor.scheduled("beta", Moment::step).scale(2).sum();
    assertArrayEquals(
        new float[] {14, 14}, engine.compute(List.of(figure), Map.of(), Map.of(), 2, 7).get(0));
  }
}
