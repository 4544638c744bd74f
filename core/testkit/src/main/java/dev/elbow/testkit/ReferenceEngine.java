package dev.elbow.testkit;

import dev.elbow.api.Vae;
import dev.elbow.api.network.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/**
 * What contracts ask of an engine: values, gradients and exported files of a described model, in
 * fp32. It is found by {@link ServiceLoader}, so that neither the testkit nor a plugin depends on
 * an engine; a module that adopts a contract has one on its test class path.
 *
 * <p>Everywhere {@code parameters} holds the values of every parameter of {@link Vae#training} by
 * {@link dev.elbow.api.network.Parameter#name}, in row-major order, and arrays of a batch hold one
 * example after the other, each in row-major order. No method changes an array that it is given;
 * each returns new ones.
 *
 * <p><b>Thread safety.</b> One instance may be called by several threads.
 */
public interface ReferenceEngine {

  /**
   * The values of {@code outputs}, computed from {@code given} alone.
   *
   * @param outputs any values of one description, such as the fields of a {@link Vae}; a value of
   *     shape {@code []} gives one figure an example
   * @param given for each known value, an input or any value in between, {@code batch} examples
   * @param batch how many examples, at least 1
   * @param step the optimizer step, from 0, for which {@link Tensor#scheduled} figures are asked
   * @return for each output, in their order, {@code batch} examples
   */
  List<float[]> compute(
      List<Tensor> outputs,
      Map<String, float[]> parameters,
      Map<Tensor, float[]> given,
      int batch,
      long step);

  /**
   * The gradient of the mean of {@link Vae#objective} over a batch, as one training step computes
   * it, before weight decay and clipping; for the parameters of a {@link Vae#adversary} that of its
   * loss.
   *
   * @param x {@code batch} images
   * @param noise {@code batch} times all of {@link Vae#noise}, what one image has side by side
   * @param step the optimizer step, from 0, for which scheduled figures are asked
   * @return for every parameter of {@link Vae#training}, by name, as many values as it has
   */
  Map<String, float[]> gradients(
      Vae vae, Map<String, float[]> parameters, float[] x, float[] noise, int batch, long step);

  /**
   * The same as {@link #gradients}, by means that share no rule with it: what it must equal.
   *
   * @return for every parameter of {@link Vae#training}, by name, as many values as it has
   */
  Map<String, float[]> automaticGradients(
      Vae vae, Map<String, float[]> parameters, float[] x, float[] noise, int batch, long step);

  /**
   * Writes {@code encoder.onnx}, {@code decoder.onnx} and {@code vae.onnx} of the model, as a
   * finished trial's folder holds them, without comparing them with anything.
   *
   * @param folder exists
   * @throws IOException if a file cannot be written
   */
  void export(Vae vae, Map<String, float[]> parameters, Path folder) throws IOException;

  /**
   * The engine on the class path.
   *
   * @throws IllegalStateException if there is none or more than one: a contract that cannot be
   *     checked fails
   */
  static ReferenceEngine find() {
    List<ReferenceEngine> engines =
        ServiceLoader.load(ReferenceEngine.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    if (engines.size() != 1) {
      throw new IllegalStateException(
          "expected one %s on the class path (test-scoped elbow-trainer brings it), found %d: %s"
              .formatted(ReferenceEngine.class.getName(), engines.size(), engines));
    }
    return engines.get(0);
  }
}
