package dev.elbow.trainer.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import dev.elbow.api.network.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A graph as it grows: nodes in the order in which they compute, each initializer and each constant
 * once. What it is told decides its bytes alone.
 */
final class GraphWriter {
  private final GraphProto.Builder graph = GraphProto.newBuilder();
  private final List<NodeProto.Builder> nodes = new ArrayList<>();
  private final Map<List<Object>, String> constants = new LinkedHashMap<>();
  private final Set<String> initializers = new HashSet<>();
  private final Map<String, String> publicNames = new HashMap<>();
  private final Set<String> fixedNames = new HashSet<>();

  GraphWriter(String name) {
    graph.setName(name);
  }

  Edge input(String name, Shape shape, String meaning) {
    graph.addInput(value(name, shape, meaning));
    fixedNames.add(name);
    return new Edge(name, shape);
  }

  /** Gives a value its public name. */
  void output(Edge edge, String name, String meaning) {
    graph.addOutput(value(name, edge.shape(), meaning));
    String known = publicNames.getOrDefault(edge.name(), edge.name());
    // A graph's input keeps its name, and so does a value that is an output already.
    if (fixedNames.contains(known)) {
      nodes.add(NodeProto.newBuilder().setOpType("Identity").addInput(known).addOutput(name));
    } else {
      nodes.forEach(node -> rename(node, known, name));
      publicNames.put(known, name);
    }
    fixedNames.add(name);
  }

  private static void rename(NodeProto.Builder node, String from, String to) {
    for (int i = 0; i < node.getInputCount(); i++) {
      node.setInput(i, node.getInput(i).equals(from) ? to : node.getInput(i));
    }
    for (int i = 0; i < node.getOutputCount(); i++) {
      node.setOutput(i, node.getOutput(i).equals(from) ? to : node.getOutput(i));
    }
  }

  /** A node named after its operation and a number, which no layer's name can be. */
  Edge node(String type, Shape result, List<String> inputs, AttributeProto... attributes) {
    return node(
        type.toLowerCase(java.util.Locale.ROOT) + "-" + nodes.size(),
        type,
        result,
        inputs,
        attributes);
  }

  /** A node that computes one value. */
  Edge node(
      String name, String type, Shape result, List<String> inputs, AttributeProto... attributes) {
    String output = name + ".out";
    NodeProto.Builder node = NodeProto.newBuilder().setName(name).setOpType(type);
    nodes.add(node.addAllInput(inputs).addOutput(output).addAllAttribute(List.of(attributes)));
    return new Edge(output, result);
  }

  /** A parameter, named as in checkpoints. */
  String parameter(String name, Shape shape, ByteString values) {
    if (initializers.add(name)) {
      TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setRawData(values);
      shape.dimensions().forEach(tensor::addDims);
      graph.addInitializer(tensor.setDataType(TensorProto.DataType.FLOAT.getNumber()));
    }
    return name;
  }

  /** A single number. */
  String constant(float value) {
    ByteBuffer bytes = littleEndian(Float.BYTES).putFloat(value).flip();
    return constant(TensorProto.DataType.FLOAT, List.of(), bytes);
  }

  /** A row of whole numbers: axes, sizes. */
  String constant(List<Long> values) {
    ByteBuffer bytes = littleEndian(values.size() * Long.BYTES);
    values.forEach(bytes::putLong);
    return constant(TensorProto.DataType.INT64, List.of((long) values.size()), bytes.flip());
  }

  private String constant(TensorProto.DataType type, List<Long> dimensions, ByteBuffer bytes) {
    ByteString values = ByteString.copyFrom(bytes);
    return constants.computeIfAbsent(
        List.of(type, dimensions, values),
        key -> {
          String name = "constant-" + constants.size();
          graph.addInitializer(
              TensorProto.newBuilder()
                  .setName(name)
                  .setDataType(type.getNumber())
                  .addAllDims(dimensions)
                  .setRawData(values));
          return name;
        });
  }

  GraphProto build() {
    nodes.forEach(graph::addNode);
    return graph.build();
  }

  static AttributeProto attribute(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  static AttributeProto attribute(String name, float value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.FLOAT)
        .setF(value)
        .build();
  }

  static AttributeProto attribute(String name, List<Long> values) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INTS)
        .addAllInts(values)
        .build();
  }

  static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ValueInfoProto value(String name, Shape shape, String meaning) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    dimensions.addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("batch"));
    shape
        .dimensions()
        .forEach(d -> dimensions.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(d)));
    TypeProto.Tensor.Builder tensor =
        TypeProto.Tensor.newBuilder()
            .setElemType(TensorProto.DataType.FLOAT.getNumber())
            .setShape(dimensions);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .setDocString(meaning)
        .build();
  }
}
