package dev.elbow.trainer.libtorch;

import org.bytedeco.pytorch.CompilationUnit;
import org.bytedeco.pytorch.Function;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.QualifiedName;
import org.bytedeco.pytorch.global.torch;

/**
 * libtorch's fused optimizer steps, which read and write each weight once. They are not bound to
 * Java, so that a few lines of TorchScript call them. Thread-safe.
 */
final class UpdatePrograms {
  // The lists are returned: TorchScript drops an operation as dead code if nothing of what it
  // changes is read afterwards, and the weights would never move.
  private static final String SOURCE =
      """
      def adam(p: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor], \
      steps: List[Tensor], lr: float, beta1: float, beta2: float, decay: float, epsilon: float):
          torch._fused_adam_(p, g, m, v, [], steps, lr=lr, beta1=beta1, beta2=beta2, \
      weight_decay=decay, eps=epsilon, amsgrad=False, maximize=False)
          return p, m, v

      def sgd(p: List[Tensor], g: List[Tensor], velocity: List[Tensor], \
      lr: float, momentum: float, decay: float):
          torch._fused_sgd_(p, g, velocity, weight_decay=decay, momentum=momentum, lr=lr, \
      dampening=0.0, nesterov=False, maximize=False, is_first_step=False)
          return p, velocity
      """;

  private final CompilationUnit unit;
  private final Function adam;
  private final Function sgd;

  UpdatePrograms() {
    unit = torch.compile(SOURCE);
    adam = unit.get_function(new QualifiedName("adam"));
    sgd = unit.get_function(new QualifiedName("sgd"));
  }

  /** Calls {@code adam} above. */
  void adam(IValue... arguments) {
    adam.apply(new IValueVector(arguments));
  }

  /** Calls {@code sgd} above. */
  void sgd(IValue... arguments) {
    sgd.apply(new IValueVector(arguments));
  }
}
