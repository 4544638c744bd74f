package dev.elbow.trainer.onnx;

import static dev.elbow.trainer.onnx.GraphWriter.attribute;

import ai.onnx.proto.OnnxMl.AttributeProto;
import com.google.protobuf.ByteString;
import dev.elbow.api.network.Op;
import dev.elbow.api.network.Parameter;
import dev.elbow.api.network.Rules;
import dev.elbow.api.network.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * The language in ONNX, opset 13. Axes are one higher than in a description, which has no batch
 * dimension.
 */
final class OnnxRules implements Rules<Edge> {
  private final GraphWriter graph;
  private final Map<String, ByteString> weights;
  private final OnnxCurves curves;

  /**
   * @param weights by parameter name, little-endian
   */
  OnnxRules(GraphWriter graph, Map<String, ByteString> weights) {
    this.graph = graph;
    this.weights = weights;
    this.curves = new OnnxCurves(graph);
  }

  @Override
  public Edge input(Op.Input op, Shape shape) {
    throw new IllegalArgumentException(
        "'%s' is no input of the exported model: its encoder or decoder uses a value of the other"
            .formatted(op.name()));
  }

  @Override
  public Edge scheduled(Op.Scheduled op) {
    throw new IllegalArgumentException(
        "scheduled '%s' changes from step to step and has no place in an exported model; only an"
                .formatted(op.name())
            + " objective may use it");
  }

  @Override
  public Edge linear(Op.Linear op, Edge x) {
    return layer(op.name(), "Gemm", Shape.of(op.out()), x, op, attribute("transB", 1));
  }

  @Override
  public Edge conv2d(Op.Conv2d op, Edge x) {
    int height = strided(x.shape().dimension(1), op);
    int width = strided(x.shape().dimension(2), op);
    Shape result = Shape.of(op.out(), height, width);
    return layer(op.name(), "Conv", result, x, op, window(op.kernel(), op.stride(), op.padding()));
  }

  @Override
  public Edge convTranspose2d(Op.ConvTranspose2d op, Edge x) {
    int grown = op.kernel() + op.outputPadding() - 2 * op.padding();
    int height = (x.shape().dimension(1) - 1) * op.stride() + grown;
    int width = (x.shape().dimension(2) - 1) * op.stride() + grown;
    List<AttributeProto> attributes =
        new ArrayList<>(List.of(window(op.kernel(), op.stride(), op.padding())));
    attributes.add(attribute("output_padding", twice(op.outputPadding())));
    return layer(
        op.name(),
        "ConvTranspose",
        Shape.of(op.out(), height, width),
        x,
        op,
        attributes.toArray(AttributeProto[]::new));
  }

  // Opset 13 has no layer norm.
  @Override
  public Edge layerNorm(Op.LayerNorm op, Edge x) {
    Edge centred = pairwise("Sub", x, mean(x));
    Edge variance =
        withConstant("Add", mean(pairwise("Mul", centred, centred)), Op.LayerNorm.EPSILON);
    Edge normal = pairwise("Div", centred, map("Sqrt", variance));
    Edge scaled = byChannel("Mul", normal, op.parameters().get(0));
    return byChannel("Add", scaled, op.parameters().get(1));
  }

  private String given(Parameter parameter) {
    return graph.parameter(parameter.name(), parameter.shape(), weights.get(parameter.name()));
  }

  private Edge byChannel(String type, Edge x, Parameter parameter) {
    String name = given(parameter);
    if (x.shape().rank() == 3) {
      Shape column = Shape.of(parameter.shape().dimension(0), 1, 1);
      name = graph.node("Unsqueeze", column, List.of(name, graph.constant(List.of(1L, 2L)))).name();
    }
    return graph.node(type, x.shape(), List.of(x.name(), name));
  }

  @Override
  public Edge batchNorm(Op.BatchNorm op, Edge x) {
    List<String> inputs = new ArrayList<>(List.of(x.name()));
    op.parameters().forEach(parameter -> inputs.add(given(parameter)));
    op.buffers().forEach(buffer -> inputs.add(given(buffer)));
    AttributeProto epsilon = attribute("epsilon", (float) Op.BatchNorm.EPSILON);
    return graph.node(op.name(), "BatchNormalization", x.shape(), inputs, epsilon);
  }

  @Override
  public Edge dropout(Op.Dropout op, Edge x) {
    return x;
  }

  @Override
  public Edge reshape(Op.Reshape op, Edge x) {
    if (op.shape().equals(x.shape())) {
      return x;
    }
    if (op.shape().rank() == 1 && x.shape().rank() > 1) {
      return graph.node("Flatten", op.shape(), List.of(x.name()), attribute("axis", 1));
    }
    List<Long> dimensions = new ArrayList<>(List.of(-1L));
    op.shape().dimensions().forEach(d -> dimensions.add((long) d));
    return graph.node("Reshape", op.shape(), List.of(x.name(), graph.constant(dimensions)));
  }

  @Override
  public Edge concat(Op.Concat op, List<Edge> parts) {
    int size = parts.stream().mapToInt(part -> part.shape().dimension(op.axis())).sum();
    List<String> names = parts.stream().map(Edge::name).toList();
    Shape result = parts.get(0).shape().with(op.axis(), size);
    return graph.node("Concat", result, names, attribute("axis", op.axis() + 1));
  }

  @Override
  public Edge spread(Op.Spread op, Edge x) {
    Shape result = Shape.of(x.shape().dimension(0), op.height(), op.width());
    String pixel = graph.constant(List.of(2L, 3L));
    Edge column = graph.node("Unsqueeze", result.with(1, 1).with(2, 1), List.of(x.name(), pixel));
    String sizes = graph.constant(List.of(1L, 1L, (long) op.height(), (long) op.width()));
    return graph.node("Expand", result, List.of(column.name(), sizes));
  }

  @Override
  public Edge pad(Op.Pad op, Edge x) {
    int rank = x.shape().rank() + 1;
    List<Long> amounts = new ArrayList<>(Collections.nCopies(2 * rank, 0L));
    amounts.set(op.axis() + 1, (long) op.before());
    amounts.set(rank + op.axis() + 1, (long) op.after());
    int size = x.shape().dimension(op.axis()) + op.before() + op.after();
    return graph.node(
        "Pad",
        x.shape().with(op.axis(), size),
        List.of(x.name(), graph.constant(amounts), graph.constant((float) op.value())));
  }

  @Override
  public Edge slice(Op.Slice op, Edge x) {
    String from = graph.constant(List.of((long) op.from()));
    String to = graph.constant(List.of((long) op.to()));
    String axes = graph.constant(List.of(op.axis() + 1L));
    Shape result = x.shape().with(op.axis(), op.to() - op.from());
    return graph.node("Slice", result, List.of(x.name(), from, to, axes));
  }

  @Override
  public Edge plus(Edge a, Shape shapeOfA, Edge b, Shape shapeOfB) {
    return pairwise("Add", a, b);
  }

  @Override
  public Edge times(Edge a, Shape shapeOfA, Edge b, Shape shapeOfB) {
    return pairwise("Mul", a, b);
  }

  @Override
  public Edge affine(Op.Affine op, Edge x) {
    Edge scaled = op.factor() == 1 ? x : withConstant("Mul", x, op.factor());
    return op.summand() == 0 ? scaled : withConstant("Add", scaled, op.summand());
  }

  @Override
  public Edge elementwise(Op.Elementwise op, Edge x) {
    return switch (op.function()) {
      case RELU -> map("Relu", x);
      case LEAKY_RELU -> map("LeakyRelu", x, attribute("alpha", (float) op.slope()));
      case TANH -> map("Tanh", x);
      case SIGMOID -> map("Sigmoid", x);
      case SOFTPLUS -> map("Softplus", x);
      case EXP -> map("Exp", x);
      case LOG -> map("Log", x);
      case SQUARE -> pairwise("Mul", x, x);
      case ABS -> map("Abs", x);
      case SILU -> pairwise("Mul", x, map("Sigmoid", x));
      case GELU -> gelu(x);
      case LOG_SINHC -> curves.logSinhc(x);
      case LANGEVIN -> curves.langevin(x);
    };
  }

  // Φ(x) = (1 + erf(x / √2)) / 2.
  private Edge gelu(Edge x) {
    Edge erf = map("Erf", withConstant("Mul", x, Math.sqrt(0.5)));
    Edge share = withConstant("Mul", withConstant("Add", erf, 1), 0.5);
    return pairwise("Mul", x, share);
  }

  @Override
  public Edge reduce(Op.Reduce op, Edge x, Shape shapeOfX) {
    if (x.shape().rank() == 0) {
      return x;
    }
    return switch (op.kind()) {
      case SUM -> sum(x);
      case MEAN -> mean(x);
      case LOG_SUM_EXP -> logSumExp(x);
    };
  }

  private Edge mean(Edge x) {
    return graph.node(
        "ReduceMean",
        Shape.of(),
        List.of(x.name()),
        attribute("axes", axes(x)),
        attribute("keepdims", 0));
  }

  private Edge sum(Edge x) {
    String axes = graph.constant(axes(x));
    return graph.node("ReduceSum", Shape.of(), List.of(x.name(), axes), attribute("keepdims", 0));
  }

  // ReduceLogSumExp overflows in the older runtimes that read opset 13, so the largest value goes
  // out first.
  private Edge logSumExp(Edge x) {
    Edge largest =
        graph.node(
            "ReduceMax",
            Shape.of(),
            List.of(x.name()),
            attribute("axes", axes(x)),
            attribute("keepdims", 0));
    Edge shifted = pairwise("Sub", x, largest);
    return pairwise("Add", map("Log", sum(map("Exp", shifted))), largest);
  }

  @Override
  public Edge outer(Edge a, Edge b) {
    Shape column = Shape.of(a.shape().dimension(0), 1);
    Shape row = Shape.of(1, b.shape().dimension(0));
    Edge left = graph.node("Unsqueeze", column, List.of(a.name(), graph.constant(List.of(2L))));
    Edge right = graph.node("Unsqueeze", row, List.of(b.name(), graph.constant(List.of(1L))));
    Shape result = Shape.of(column.dimension(0), row.dimension(1));
    return graph.node("Mul", result, List.of(left.name(), right.name()));
  }

  @Override
  public Edge detach(Edge x) {
    return x;
  }

  @Override
  public Edge gate(Edge x) {
    return x;
  }

  @Override
  public Edge batchSize() {
    throw ofTraining("batchSize");
  }

  @Override
  public Edge batchMean(Edge x) {
    throw ofTraining("batchMean");
  }

  @Override
  public Edge repeat(Op.Repeat op, Edge x) {
    throw ofTraining("repeat");
  }

  @Override
  public Edge others(Edge x) {
    throw ofTraining("others");
  }

  @Override
  public Edge samples(Op.Samples op, Edge x) {
    throw ofTraining("samples");
  }

  @Override
  public Edge joined(Op.Joined op, Edge x, Shape shapeOfX) {
    throw ofTraining("joined");
  }

  @Override
  public Edge batchOrder(Edge x, Edge keys) {
    throw ofTraining("batchOrder");
  }

  @Override
  public Edge pairing(Op.Pairing op) {
    throw ofTraining("pairing");
  }

  @Override
  public Edge over(Op.Over op, Edge x, Shape shapeOfX) {
    throw ofTraining("over");
  }

  private static IllegalArgumentException ofTraining(String what) {
    return new IllegalArgumentException(
        "'%s' looks at more than one example and has no place in an exported model; only an"
                .formatted(what)
            + " objective may use it");
  }

  private Edge pairwise(String type, Edge a, Edge b) {
    int rank = Math.max(a.shape().rank(), b.shape().rank());
    Shape result = a.shape().rank() == rank ? a.shape() : b.shape();
    List<String> inputs = List.of(spread(a, rank).name(), spread(b, rank).name());
    return graph.node(type, result, inputs);
  }

  /** A figure per example as {@code [batch, 1, …]}, so that it meets every element of the other. */
  private Edge spread(Edge x, int rank) {
    if (x.shape().rank() == rank) {
      return x;
    }
    Shape result = new Shape(Collections.nCopies(rank, 1));
    String axes = graph.constant(LongStream.rangeClosed(1, rank).boxed().toList());
    return graph.node("Unsqueeze", result, List.of(x.name(), axes));
  }

  private Edge withConstant(String type, Edge x, double constant) {
    return graph.node(type, x.shape(), List.of(x.name(), graph.constant((float) constant)));
  }

  private Edge map(String type, Edge x, AttributeProto... attributes) {
    return graph.node(type, x.shape(), List.of(x.name()), attributes);
  }

  private Edge layer(
      String name, String type, Shape result, Edge x, Op op, AttributeProto... attributes) {
    List<String> inputs = new ArrayList<>(List.of(x.name()));
    for (Parameter parameter : op.parameters()) {
      inputs.add(given(parameter));
    }
    return graph.node(name, type, result, inputs, attributes);
  }

  private static int strided(int size, Op.Conv2d op) {
    return (size + 2 * op.padding() - op.kernel()) / op.stride() + 1;
  }

  private static AttributeProto[] window(int kernel, int stride, int padding) {
    return new AttributeProto[] {
      attribute("dilations", twice(1)),
      attribute("group", 1),
      attribute("kernel_shape", twice(kernel)),
      attribute("pads", Collections.nCopies(4, (long) padding)),
      attribute("strides", twice(stride))
    };
  }

  private static List<Long> twice(long value) {
    return List.of(value, value);
  }

  private static List<Long> axes(Edge x) {
    return LongStream.rangeClosed(1, x.shape().rank()).boxed().toList();
  }
}
