package dev.elbow.trainer.onnx;

import dev.elbow.api.network.Tensor;
import java.util.List;
import java.util.Map;

/** A trained model in the engine that trained it, in fp32 whatever the training precision. */
@FunctionalInterface
public interface TrainedModel {
  /**
   * The values of {@code outputs}, computed from {@code given} alone.
   *
   * @param outputs values of the trial's {@link dev.elbow.api.Vae}
   * @param given for each known value, an input or any value in between, {@code batch} examples one
   *     after the other in row-major order; not changed
   * @param batch how many examples, at least 1
   * @return for each output, in their order, {@code batch} examples one after the other; new arrays
   */
  List<float[]> compute(List<Tensor> outputs, Map<Tensor, float[]> given, int batch);
}
