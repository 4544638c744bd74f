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

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.elbow.trainer.onnx.Operations#all")
  void computesWhatPlainJavaDoes(String name, Shape shape, UnaryOperator<Tensor> block)
      throws OrtException {
    Tensor x = Tensor.input("x", shape, "");
    Tensor y = block.apply(x);
    Map<String, float[]> parameters = Models.parameters(Graph.of(y).state(), 7);
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

  private static final List<Class<? extends Op>> OVER_A_BATCH =
      List.of(
          Op.BatchSize.class,
          Op.BatchMean.class,
          Op.Repeat.class,
          Op.Others.class,
          Op.Samples.class,
          Op.Joined.class,
          Op.BatchOrder.class,
          Op.Pairing.class,
          Op.Over.class);

  @Test
  void coversEveryOperationAndFunctionOfTheLanguage() {
    Set<Object> covered = Operations.all().flatMap(OnnxRulesIT::used).collect(Collectors.toSet());
    List<Object> language = new ArrayList<>(List.of(Op.class.getPermittedSubclasses()));
    language.addAll(List.of(Op.Elementwise.Function.values()));
    language.addAll(List.of(Op.Reduce.Kind.values()));
    // Objectives alone are scheduled or look at a batch, and they are not exported.
    language.remove(Op.Scheduled.class);
    // Whole models have it: see OnnxVerifierIT.
    language.remove(Op.Given.class);
    language.removeAll(OVER_A_BATCH);
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

  private static byte[] model(Tensor x, Tensor y, Map<String, float[]> parameters) {
    Graph described = Graph.of(y);
    GraphWriter graph = new GraphWriter("test");
    OnnxRules rules =
        new OnnxRules(graph, OnnxExporter.littleEndian(described.state(), parameters));
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
