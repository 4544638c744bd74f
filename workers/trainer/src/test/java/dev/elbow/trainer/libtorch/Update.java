package dev.elbow.trainer.libtorch;

import dev.elbow.api.Optimizer;
import dev.elbow.api.network.Parameter;
import dev.elbow.trainer.engine.SessionSpec;
import dev.elbow.trainer.program.Moments;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** How one optimizer step changes weights, and what it remembers for the next. */
interface Update extends AutoCloseable {
  /**
   * Changes weights.
   *
   * @param names of the parameters that have a gradient; the others stay as they are, as PyTorch
   *     leaves them
   * @param gradients of these, in their order
   * @param updates which step it is, from 1
   */
  void apply(
      FlatTensors weights,
      List<String> names,
      List<Tensor> gradients,
      double learningRate,
      long updates);

  /** What it remembers, by PyTorch's name for it. */
  Map<String, FlatTensors> moments();

  @Override
  default void close() {
    moments().values().forEach(FlatTensors::close);
  }

  /** The update that {@code spec} asks for. To be called within {@link Native#call}. */
  static Update of(SessionSpec spec, List<Parameter> layout, UpdatePrograms programs) {
    double decay = spec.training().weightDecay();
    Optimizer optimizer = spec.training().optimizer();
    Map<String, FlatTensors> moments =
        moments(spec, layout, Moments.of(optimizer, spec.vae()).names());
    return optimizer instanceof Optimizer.Sgd sgd
        ? new SgdUpdate(sgd, decay, programs, moments)
        : new AdamUpdate((Optimizer.Adam) optimizer, decay, programs, moments);
  }

  private static Map<String, FlatTensors> moments(
      SessionSpec spec, List<Parameter> layout, List<String> names) {
    Map<String, FlatTensors> moments = new LinkedHashMap<>();
    for (String name : names) {
      Map<String, float[]> start = spec.start().moments().get(name);
      moments.put(name, start == null ? FlatTensors.zeros(layout) : FlatTensors.of(layout, start));
    }
    return moments;
  }
}
