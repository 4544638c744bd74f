package dev.elbow.cli.formats;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Multiplies integers where a graph has dense layers (Gemm with its weights as {@code [out, in]})
 * and convolutions: what goes in is rounded to 8 bits by the range that it has in that call, and
 * weights to 8 bits by the range of each output. All other nodes stay.
 *
 * <p>Weights are unsigned around 128 and not signed around 0: signed ones overflow sums of 16 bits
 * on processors without instructions of their own, which then compute something else.
 */
final class IntegerProducts {
  /** Layers of fewer weights are as quick as they are. */
  private static final int FEWEST_WEIGHTS = 256;

  private static final int ZERO = 128;
  private static final int MOST = 127;
  private static final String ZERO_POINT = "int8.zero";

  private final GraphProto.Builder graph;
  private final Map<String, TensorProto> initializers = new HashMap<>();
  private final List<TensorProto> made = new ArrayList<>();
  private final List<NodeProto> nodes = new ArrayList<>();
  private final Set<String> rounded = new HashSet<>();

  IntegerProducts(GraphProto.Builder graph) {
    this.graph = graph;
    graph.getInitializerList().forEach(tensor -> initializers.put(tensor.getName(), tensor));
  }

  void apply() {
    for (NodeProto node : graph.getNodeList()) {
      if (isDense(node) && hasManyWeights(node)) {
        dense(node);
      } else if (node.getOpType().equals("Conv") && hasManyWeights(node)) {
        convolution(node);
      } else {
        nodes.add(node);
      }
    }
    if (!made.isEmpty()) {
      made.add(Weights.bytes(ZERO_POINT, new byte[] {(byte) ZERO}, List.of()));
    }
    graph.clearNode().addAllNode(nodes);
    graph.addAllInitializer(made);
    dropUnused();
  }

  private static boolean isDense(NodeProto node) {
    return node.getOpType().equals("Gemm")
        && node.getAttributeList().stream()
            .allMatch(given -> given.getName().equals("transB") && given.getI() == 1)
        && node.getAttributeCount() == 1;
  }

  private boolean hasManyWeights(NodeProto node) {
    TensorProto weights = initializers.get(node.getInput(1));
    return weights != null
        && weights.getDataType() == TensorProto.DataType.FLOAT_VALUE
        && weights.getDimsList().stream().reduce(1L, (a, b) -> a * b) >= FEWEST_WEIGHTS;
  }

  private void dense(NodeProto node) {
    TensorProto weights = initializers.get(node.getInput(1));
    int out = Math.toIntExact(weights.getDims(0));
    int in = Math.toIntExact(weights.getDims(1));
    Rounded exact = Rounded.of(Weights.of(weights), out);
    byte[] columns = new byte[in * out];
    for (int i = 0; i < in * out; i++) {
      columns[i % in * out + i / in] = exact.values()[i];
    }
    String name = weights.getName();
    made(Weights.bytes(name + ".int8", columns, List.of((long) in, (long) out)));
    made(Weights.floats(name + ".scale", exact.scales(), out));
    String x = rounded(node.getInput(0));
    List<String> factors = List.of(x + ".int8", name + ".int8", x + ".zero", ZERO_POINT);
    finish(node, "MatMulInteger", factors, List.of(), node.getInputList().subList(2, inputs(node)));
  }

  private static int inputs(NodeProto node) {
    return node.getInputCount();
  }

  private void convolution(NodeProto node) {
    TensorProto weights = initializers.get(node.getInput(1));
    int out = Math.toIntExact(weights.getDims(0));
    Rounded exact = Rounded.of(Weights.of(weights), out);
    String name = weights.getName();
    made(Weights.bytes(name + ".int8", exact.values(), weights.getDimsList()));
    made(Weights.floats(name + ".scale", exact.scales(), out, 1, 1));
    String x = rounded(node.getInput(0));
    List<String> factors = List.of(x + ".int8", name + ".int8", x + ".zero", ZERO_POINT);
    List<String> bias = new ArrayList<>();
    for (String each : node.getInputList().subList(2, inputs(node))) {
      made(Weights.floats(each + ".column", Weights.of(initializers.get(each)), out, 1, 1));
      bias.add(each + ".column");
    }
    finish(node, "ConvInteger", factors, node.getAttributeList(), bias);
  }

  private void made(TensorProto tensor) {
    if (made.stream().noneMatch(other -> other.getName().equals(tensor.getName()))) {
      made.add(tensor);
    }
  }

  /** Rounds a value, once for all layers that it goes into. */
  private String rounded(String x) {
    if (rounded.add(x)) {
      nodes.add(
          NodeProto.newBuilder()
              .setName(x + ".rounding")
              .setOpType("DynamicQuantizeLinear")
              .addInput(x)
              .addAllOutput(List.of(x + ".int8", x + ".scale", x + ".zero"))
              .build());
    }
    return x;
  }

  /** The product in integers, and what makes of it what the node gave. */
  private void finish(
      NodeProto node,
      String type,
      List<String> factors,
      List<AttributeProto> attributes,
      List<String> bias) {
    String name = node.getName();
    String scale = node.getInput(1) + ".scale";
    nodes.add(
        node(type, name, factors, name + ".sums").toBuilder().addAllAttribute(attributes).build());
    nodes.add(Weights.cast(name + ".sums", name + ".floats"));
    List<String> scales = List.of(node.getInput(0) + ".scale", scale);
    nodes.add(node("Mul", name + ".scales", scales, name + ".scale"));
    String result = node.getOutput(0);
    String product = bias.isEmpty() ? result : name + ".product";
    nodes.add(node("Mul", name + ".scaling", List.of(name + ".floats", name + ".scale"), product));
    for (String each : bias) {
      nodes.add(node("Add", name + ".bias", List.of(product, each), result));
    }
  }

  private static NodeProto node(String type, String name, List<String> inputs, String output) {
    return NodeProto.newBuilder()
        .setName(name)
        .setOpType(type)
        .addAllInput(inputs)
        .addOutput(output)
        .build();
  }

  private void dropUnused() {
    Set<String> used = new HashSet<>();
    nodes.forEach(node -> used.addAll(node.getInputList()));
    List<TensorProto> kept =
        graph.getInitializerList().stream().filter(each -> used.contains(each.getName())).toList();
    graph.clearInitializer().addAllInitializer(kept);
  }

  /**
   * Weights in 8 bits.
   *
   * @param values around {@link #ZERO}, in the order of the exact ones
   * @param scales one for each output, by which they are multiplied
   */
  private record Rounded(byte[] values, float[] scales) {
    static Rounded of(float[] exact, int outputs) {
      byte[] values = new byte[exact.length];
      float[] scales = new float[outputs];
      int size = exact.length / outputs;
      for (int output = 0; output < outputs; output++) {
        float scale = scale(exact, output * size, size);
        scales[output] = scale;
        for (int i = output * size; i < (output + 1) * size; i++) {
          values[i] = (byte) (Math.round(exact[i] / scale) + ZERO);
        }
      }
      return new Rounded(values, scales);
    }

    private static float scale(float[] exact, int first, int size) {
      float largest = 0;
      for (int i = first; i < first + size; i++) {
        largest = Math.max(largest, Math.abs(exact[i]));
      }
      return largest == 0 ? 1 : largest / MOST;
    }
  }
}
