package dev.elbow.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Memory outside the Java heap for the inputs and outputs of one batch size. ONNX Runtime reads and
 * writes it in place, so that a call costs one copy in and one out and allocates no tensor. Serves
 * one thread at a time.
 */
final class Binding implements AutoCloseable {
  private final int batch;
  private final Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
  private final Map<String, OnnxTensor> outputs = new LinkedHashMap<>();
  private final FloatBuffer[] in;
  private final FloatBuffer[] out;

  Binding(OrtEnvironment environment, List<Port> inputs, List<Port> outputs, int batch)
      throws OrtException {
    this.batch = batch;
    this.in = new FloatBuffer[inputs.size()];
    this.out = new FloatBuffer[outputs.size()];
    try {
      bind(environment, inputs, in, this.inputs);
      bind(environment, outputs, out, this.outputs);
    } catch (OrtException e) {
      close();
      throw e;
    }
  }

  private void bind(
      OrtEnvironment environment,
      List<Port> ports,
      FloatBuffer[] buffers,
      Map<String, OnnxTensor> tensors)
      throws OrtException {
    for (int i = 0; i < buffers.length; i++) {
      Port port = ports.get(i);
      int bytes = Math.multiplyExact(Math.multiplyExact(port.size(), batch), Float.BYTES);
      buffers[i] = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder()).asFloatBuffer();
      tensors.put(port.name(), OnnxTensor.createTensor(environment, buffers[i], port.shape(batch)));
    }
  }

  int batch() {
    return batch;
  }

  /**
   * Runs examples {@code first} up to {@code first + count} of {@code from} and puts the results at
   * the same place of {@code to}.
   *
   * @param count at most the batch; what else the memory holds is run too, and left there
   */
  void run(OrtSession session, float[][] from, float[][] to, int first, int count)
      throws OrtException {
    for (int i = 0; i < in.length; i++) {
      int example = in[i].capacity() / batch;
      in[i].put(0, from[i], first * example, count * example);
    }
    session.run(inputs, outputs).close();
    for (int i = 0; i < out.length; i++) {
      int example = out[i].capacity() / batch;
      out[i].get(0, to[i], first * example, count * example);
    }
  }

  @Override
  public void close() {
    inputs.values().forEach(OnnxTensor::close);
    outputs.values().forEach(OnnxTensor::close);
  }
}
