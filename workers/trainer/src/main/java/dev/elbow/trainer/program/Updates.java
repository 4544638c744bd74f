package dev.elbow.trainer.program;

import dev.elbow.api.Optimizer;
import dev.elbow.api.Vae;
import java.util.ArrayList;
import java.util.List;

/**
 * How weights change at the end of a step: those of each network, which lie in one row, by one
 * fused operation.
 *
 * @param optimizer of the model
 * @param model how many of its values have a gradient; they come first
 * @param adversary the same, behind them
 */
record Updates(Optimizer optimizer, Vae vae, long model, long adversary) {
  /** The name of the learning rate of an adversary. */
  static final String ADVERSARY_RATE = "adversary_rate";

  private static final String PREFIX = "adversary_";

  private static final String ADAM =
      "torch._fused_adam_(%sps, %sgs, %sms, %svs, [], steps, lr=%s, beta1=settings[%d],"
          + " beta2=settings[%d], weight_decay=%s, eps=settings[%d], amsgrad=False, maximize=False)";
  private static final String SGD =
      "torch._fused_sgd_(ps, gs, ms, weight_decay=decay, momentum=settings[0], lr=rates[i],"
          + " dampening=0.0, nesterov=False, maximize=False, is_first_step=False)";

  /** What is changed, in lists as the operations take them. */
  List<String> lists() {
    Moments moments = Moments.of(optimizer, vae);
    List<String> lines = new ArrayList<>();
    String first = "[0:%d]".formatted(model);
    lines.addAll(List.of("slopes = g" + first, "ps = [p" + first + "]", "gs = [slopes]"));
    lines.addAll(
        optimizer instanceof Optimizer.Sgd sgd
            ? moments.ofSgd(sgd, first)
            : moments.ofAdam("", first));
    if (hasAdversary()) {
      String second = "[%d:%d]".formatted(model, model + adversary);
      lines.add(PREFIX + "ps = [p" + second + "]");
      lines.add(PREFIX + "gs = [g" + second + "]");
      lines.addAll(moments.ofAdam(PREFIX, second));
    }
    return lines;
  }

  private boolean hasAdversary() {
    return vae.adversary().isPresent();
  }

  /** The operations. */
  List<String> calls() {
    boolean isAdam = optimizer instanceof Optimizer.Adam;
    List<String> lines = new ArrayList<>();
    if (model > 0) {
      lines.add(isAdam ? adam("", "rates[i]", 0, "decay") : SGD);
    }
    if (hasAdversary()) {
      lines.add(adam(PREFIX, ADVERSARY_RATE, isAdam ? 3 : 1, "0.0"));
    }
    return lines;
  }

  private static String adam(String prefix, String rate, int from, String decay) {
    return ADAM.formatted(prefix, prefix, prefix, prefix, rate, from, from + 1, decay, from + 2);
  }

  /** The lists that the program must return, so that nothing of it is taken for dead code. */
  String returned() {
    return hasAdversary() ? "ps + gs + %sps + %sgs + ".formatted(PREFIX, PREFIX) : "ps + gs + ";
  }
}
