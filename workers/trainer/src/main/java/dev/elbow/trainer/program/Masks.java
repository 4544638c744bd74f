package dev.elbow.trainer.program;

import dev.elbow.api.network.Graph;
import dev.elbow.api.network.Op;
import dev.elbow.api.network.Tensor;
import java.util.HashMap;
import java.util.Map;

/**
 * What dropout leaves out: drawn before the steps, one byte a value, side by side for each image.
 */
final class Masks {
  private final Lines lines;
  private final Map<String, Long> places = new HashMap<>();

  Masks(Lines lines, Graph graph) {
    this.lines = lines;
    long from = 0;
    for (Tensor value : graph.order()) {
      if (value.op() instanceof Op.Dropout dropout) {
        places.put(dropout.name(), from);
        from += value.population().samples() * value.shape().size();
      }
    }
  }

  /** What {@code x} is multiplied with. */
  Value of(Op.Dropout op, Value x) {
    String rows = x.rows();
    String samples =
        rows.equals(Value.EXAMPLES) ? "" : " * " + rows.substring(Value.EXAMPLES.length() + 3);
    String part =
        "masks.narrow(0, at, b).narrow(1, %d, %d%s).to(dtype=6).reshape(%s).mul_(%s)"
            .formatted(
                places.get(op.name()),
                x.shape().size(),
                samples,
                Algebra.batched(rows, x.shape()),
                Call.literal(1 / (1 - op.rate())));
    return lines.make(Call.of(part), rows, x.shape());
  }
}
