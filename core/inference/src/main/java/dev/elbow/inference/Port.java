package dev.elbow.inference;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.TensorInfo;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * An input or an output of an exported file.
 *
 * @param name as in the file
 * @param example dimensions of one example, without the batch
 * @param batch how many examples it takes, no more and no fewer; 0 if any number
 */
record Port(String name, long[] example, int batch) {

  /** Checks what ONNX Runtime says of a value against what Elbow exports. */
  static Port of(Path file, NodeInfo node) throws ModelException {
    if (!(node.getInfo() instanceof TensorInfo tensor) || tensor.type != OnnxJavaType.FLOAT) {
      throw new ModelException(
          "%s: '%s' is %s, expected a tensor of 32-bit floats"
              .formatted(file, node.getName(), node.getInfo()));
    }
    long[] shape = tensor.getShape();
    boolean fits =
        shape.length >= 1
            && (shape[0] == -1 || shape[0] >= 1)
            && Arrays.stream(shape).skip(1).allMatch(d -> d >= 1);
    if (!fits) {
      throw new ModelException(
          "%s: '%s' has shape %s, expected a batch dimension, free (-1) or fixed, and fixed others"
              .formatted(file, node.getName(), Arrays.toString(shape)));
    }
    int batch = shape[0] == -1 ? 0 : Math.toIntExact(shape[0]);
    return new Port(node.getName(), Arrays.copyOfRange(shape, 1, shape.length), batch);
  }

  /** How many values one example has. */
  int size() {
    // No stream: this is asked several times in a call that takes some microseconds.
    long size = 1;
    for (long dimension : example) {
      size = Math.multiplyExact(size, dimension);
    }
    return Math.toIntExact(size);
  }

  /** The dimensions of {@code batch} examples. */
  long[] shape(int batch) {
    long[] shape = new long[example.length + 1];
    shape[0] = batch;
    System.arraycopy(example, 0, shape, 1, example.length);
    return shape;
  }

  /**
   * How many examples {@code values} are.
   *
   * @throws IllegalArgumentException if they are no whole number of examples
   */
  int examples(float[] values) {
    if (values.length % size() != 0) {
      throw new IllegalArgumentException(
          "%s has %d values, expected a multiple of %d: each example is %s"
              .formatted(name, values.length, size(), Arrays.toString(example)));
    }
    return values.length / size();
  }
}
