package dev.elbow.trainer.libtorch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * What a step of training has beside an evaluation.
 *
 * @param kept 0 and 1 for what dropout leaves out and keeps, by its name
 * @param gates values whose gradient is weighed, filled on the way forward
 */
record TrainingStep(Map<String, Tensor> kept, List<Gate> gates) {
  /**
   * Where automatic differentiation is interrupted.
   *
   * @param before what the gradient is passed on to
   * @param behind the same values, at which it arrives
   */
  record Gate(Tensor before, Tensor behind) {}

  static TrainingStep of(Map<String, Tensor> kept) {
    return new TrainingStep(kept, new ArrayList<>());
  }

  Tensor gate(Tensor before) {
    Tensor behind = before.detach();
    behind.set_requires_grad(true);
    gates.add(new Gate(before, behind));
    return behind;
  }
}
