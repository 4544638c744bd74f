package dev.elbow.cli.formats;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Stores weights in 16 bits. A Cast in front of each makes 32 of them again, under the old name, so
 * that no layer notices; runtimes do that once, when they load the file.
 */
final class HalfWeights {
  /** What is shorter costs more in words than it saves. */
  private static final int SHORTEST = 64;

  private static final float LARGEST = 65504;

  private final GraphProto.Builder graph;

  HalfWeights(GraphProto.Builder graph) {
    this.graph = graph;
  }

  void apply() {
    List<NodeProto> nodes = new ArrayList<>();
    for (TensorProto.Builder weights : graph.getInitializerBuilderList()) {
      if (weights.getDataType() == TensorProto.DataType.FLOAT_VALUE) {
        halve(weights, nodes);
      }
    }
    nodes.addAll(graph.getNodeList());
    graph.clearNode().addAllNode(nodes);
  }

  private static void halve(TensorProto.Builder weights, List<NodeProto> casts) {
    float[] values = Weights.of(weights);
    if (values.length < SHORTEST || !fit(values)) {
      return;
    }
    ByteBuffer halves =
        ByteBuffer.allocate(values.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      halves.putShort(half(value));
    }
    String name = weights.getName();
    weights.clearFloatData().setName(name + ".fp16").setRawData(ByteString.copyFrom(halves.flip()));
    weights.setDataType(TensorProto.DataType.FLOAT16_VALUE);
    casts.add(Weights.cast(weights.getName(), name));
  }

  private static boolean fit(float[] values) {
    for (float value : values) {
      if (!(Math.abs(value) <= LARGEST)) {
        return false;
      }
    }
    return true;
  }

  /** The nearest number of 16 bits, of two equally near the even one; at most {@link #LARGEST}. */
  static short half(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = bits >>> 16 & 0x8000;
    float size = Math.abs(value);
    if (size < 0x1p-14f) {
      // Multiples of the smallest number; the largest of them runs over into the usual ones.
      return (short) (sign | (int) Math.rint(size * 0x1p24));
    }
    int rounded = (bits & 0x7fffffff) + 0xfff + (bits >>> 13 & 1);
    return (short) (sign | (rounded >>> 13) - (112 << 10));
  }
}
