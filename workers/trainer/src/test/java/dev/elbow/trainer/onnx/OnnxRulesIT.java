package dev.elbow.trainer.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.elbow.api.network.Graph;
import dev.elbow.api.network.Op;
import dev.elbow.api.network.Shape;
import dev.elbow.api.network.Tensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OnnxRulesIT {
  private static final int BATCH = 3;

  static Stream<Arguments> operations() {
    Shape row = Shape.of(6);
    Shape image = Shape.of(2, 5, 6);
    return Stream.of(
        operation("linear", row, x -> x.linear("a", 4)),
        operation("two linear", row, x -> x.linear("a", 4).linear("b", 3)),
        operation("conv2d", image, x -> x.conv2d("a", 3, 3, 1, 0)),
        operation("conv2d with stride and padding", image, x -> x.conv2d("a", 3, 4, 2, 1)),
        operation("convTranspose2d", image, x -> x.convTranspose2d("a", 3, 3, 1, 0, 0)),
        operation("convTranspose2d, padded", image, x -> x.convTranspose2d("a", 3, 4, 2, 1, 0)),
        operation("convTranspose2d, rest", image, x -> x.convTranspose2d("a", 3, 3, 2, 1, 1)),
        operation("flatten", image, Tensor::flatten),
        operation("reshape", image, x -> x.reshape(3, 20)),
        operation("reshape of a row", row, x -> x.reshape(1, 2, 3)),
        operation("reshape to the same", image, x -> x.reshape(2, 5, 6)),
        operation("reshape of a figure", row, x -> x.sum().reshape(1)),
        operation("reshape to a figure", Shape.of(1), x -> x.reshape()),
        operation("rescoped", row, x -> x.rescoped("decoder").linear("a", 2)),
        operation("concat of rows", row, x -> x.concat(0, x.scale(2))),
        operation("concat of channels", image, x -> x.concat(0, x.slice(0, 0, 1), x)),
        operation("concat of columns", image, x -> x.concat(2, x.slice(2, 1, 3))),
        operation("pad", row, x -> x.pad(0, 1, 2, 0.5)),
        operation("pad of rows", image, x -> x.pad(1, 2, 0, -1)),
        operation("slice", row, x -> x.slice(0, 2, 5)),
        operation("slice of columns", image, x -> x.slice(2, 1, 4)),
        operation("plus", row, x -> x.plus(x.tanh())),
        operation("plus a figure", row, x -> x.plus(x.sum())),
        operation("a figure plus an image", image, x -> x.mean().plus(x)),
        operation("two figures", row, x -> x.sum().plus(x.mean())),
        operation("minus", row, x -> x.exp().minus(x)),
        operation("times", image, x -> x.times(x.sigmoid())),
        operation("times a figure", image, x -> x.times(x.mean())),
        operation("a figure times a row", row, x -> x.mean().times(x)),
        operation("scale", row, x -> x.scale(-2.5)),
        operation("plus a number", row, x -> x.plus(0.75)),
        operation("scale by one", row, x -> x.scale(1)),
        operation("relu", row, Tensor::relu),
        operation("leakyRelu", row, x -> x.leakyRelu(0.2)),
        operation("tanh", row, Tensor::tanh),
        operation("sigmoid", row, Tensor::sigmoid),
        operation("softplus", row, Tensor::softplus),
        operation("softplus of large values", row, x -> x.scale(100).softplus()),
        operation("exp", row, Tensor::exp),
        operation("log", row, x -> x.square().plus(0.1).log()),
        operation("square", image, Tensor::square),
        operation("sum", image, Tensor::sum),
        operation("sum of a figure", row, x -> x.sum().sum()),
        operation("mean", image, Tensor::mean),
        operation("logSumExp", image, Tensor::logSumExp),
        operation("logSumExp of large values", row, x -> x.scale(200).logSumExp()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("operations")
  void computesWhatPlainJavaDoes(String name, Shape shape, UnaryOperator<Tensor> block)
      throws OrtException {
    Tensor x = Tensor.input("x", shape, "");
    Tensor y = block.apply(x);
    Map<String, float[]> parameters = Models.parameters(Graph.of(y).parameters(), 7);
    float[] values = Models.uniform(new Random(8), BATCH * (int) shape.size(), -2, 2);

    float[] expected =
        new PlainJava(parameters).compute(List.of(y), Map.of(x, values), BATCH).get(0);
    float[] found = run(model(x, y, parameters), shape, values);

    assertEquals(expected.length, found.length);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(
          expected[i], found[i], 1e-5 * Math.max(1, Math.abs(expected[i])), "element " + i);
    }
  }

  @Test
  void coversEveryOperationAndFunctionOfTheLanguage() {
    Set<Object> covered = operations().flatMap(OnnxRulesIT::used).collect(Collectors.toSet());
    List<Object> language = new ArrayList<>(List.of(Op.class.getPermittedSubclasses()));
    language.addAll(List.of(Op.Elementwise.Function.values()));
    language.addAll(List.of(Op.Reduce.Kind.values()));
    // Objectives alone are scheduled, and they are not exported.
    language.remove(Op.Scheduled.class);
    language.removeAll(covered);
    assertEquals(List.of(), language);
  }

  private static Stream<Object> used(Arguments arguments) {
    Object[] values = arguments.get();
    @SuppressWarnings("unchecked")
    UnaryOperator<Tensor> block = (UnaryOperator<Tensor>) values[2];
    Tensor result = block.apply(Tensor.input("x", (Shape) values[1], ""));
    return Graph.of(result).order().stream()
        .map(Tensor::op)
        .flatMap(
            op ->
                Stream.of(
                    op.getClass(),
                    op instanceof Op.Elementwise function ? function.function() : op.getClass(),
                    op instanceof Op.Reduce reduce ? reduce.kind() : op.getClass()));
  }

  private static Arguments operation(String name, Shape shape, UnaryOperator<Tensor> block) {
    return Arguments.of(name, shape, block);
  }

  private static byte[] model(Tensor x, Tensor y, Map<String, float[]> parameters) {
    Graph described = Graph.of(y);
    GraphWriter graph = new GraphWriter("test");
    OnnxRules rules =
        new OnnxRules(graph, OnnxExporter.littleEndian(described.parameters(), parameters));
    Edge input = graph.input("x", x.shape(), "");
    graph.output(described.evaluate(rules, Map.of(x, input)).get(0), "y", "");
    return ModelProto.newBuilder()
        .setIrVersion(OnnxExporter.IR_VERSION)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OnnxExporter.OPSET))
        .setGraph(graph.build())
        .build()
        .toByteArray();
  }

  private static float[] run(byte[] model, Shape shape, float[] values) throws OrtException {
    long[] batch =
        Stream.concat(Stream.of(BATCH), shape.dimensions().stream()).mapToLong(d -> d).toArray();
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(model);
        OnnxTensor x = OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), batch);
        OrtSession.Result result = session.run(Map.of("x", x))) {
      OnnxTensor y = (OnnxTensor) result.get("y").orElseThrow();
      long[] declared =
          ((ai.onnxruntime.TensorInfo) session.getOutputInfo().get("y").getInfo()).getShape();
      long[] actual = y.getInfo().getShape();
      assertEquals(-1, declared[0]);
      assertTrue(Arrays.equals(declared, 1, declared.length, actual, 1, actual.length));
      return y.getFloatBuffer().array();
    }
  }
}
