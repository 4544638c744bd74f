package dev.elbow.cli.formats;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.ValueInfoProto;

/** Puts a number in the place of the batch dimension of what goes in and out. */
final class FixedBatch {
  private final GraphProto.Builder graph;
  private final int batch;

  FixedBatch(GraphProto.Builder graph, int batch) {
    this.graph = graph;
    this.batch = batch;
  }

  void apply() {
    graph.getInputBuilderList().forEach(this::fix);
    graph.getOutputBuilderList().forEach(this::fix);
    graph.getValueInfoBuilderList().forEach(this::fix);
  }

  private void fix(ValueInfoProto.Builder value) {
    for (Dimension.Builder dimension :
        value.getTypeBuilder().getTensorTypeBuilder().getShapeBuilder().getDimBuilderList()) {
      if (dimension.getDimParam().equals("batch")) {
        dimension.clearDimParam().setDimValue(batch);
      }
    }
  }
}
