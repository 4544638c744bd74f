package dev.elbow.trainer.engine;

import dev.elbow.api.network.Tensor;
import java.util.List;
import java.util.Map;

/**
 * A model in training. Belongs to the thread that opened it: only that one calls it and closes it.
 *
 * <p>Every call may throw {@link OutOfEngineMemoryException}; the session can only be closed then.
 */
public interface Session extends AutoCloseable {
  /**
   * Makes the given optimizer steps, in order. How many are made in one call changes no bit of any
   * result. Stops after a step whose figures are not finite.
   */
  StepSums train(Steps steps);

  /**
   * Losses of one batch with the weights as they are, in fp32 whatever the training precision; not
   * a number where a weight is not finite.
   */
  EvaluationSums evaluate(Batch batch);

  /**
   * The values of {@code outputs}, computed in fp32 from {@code given} alone with the weights as
   * they are.
   *
   * @param outputs values of the session's description
   * @param given for each known value, an input or any value in between, {@code batch} examples one
   *     after the other in row-major order; not changed
   * @param batch how many examples, at least 1
   * @return for each output, in their order, {@code batch} examples one after the other; new arrays
   */
  List<float[]> compute(List<Tensor> outputs, Map<Tensor, float[]> given, int batch);

  /** A copy of the weights: the values of each parameter in row-major order, by name. */
  Map<String, float[]> parameters();

  /** A copy of the weights and of what the optimizer remembers. */
  ModelState state();

  /** Gives all memory back. */
  @Override
  void close();
}
