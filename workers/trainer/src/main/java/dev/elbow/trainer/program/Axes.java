package dev.elbow.trainer.program;

import dev.elbow.api.network.Op;
import dev.elbow.api.network.Shape;
import java.util.List;

/** The same values under other dimensions, side by side, or some of them. */
final class Axes {
  private final Lines lines;
  private final Algebra algebra;
  private final Tape tape;
  private final Halves halves;

  Axes(Lines lines, Algebra algebra, Tape tape, Halves halves) {
    this.lines = lines;
    this.algebra = algebra;
    this.tape = tape;
    this.halves = halves;
  }

  Value reshape(Op.Reshape op, Value x) {
    if (x.shape().equals(op.shape())) {
      return x;
    }
    Value tensor = x.isNumber() ? algebra.full(x, Value.EXAMPLES, Shape.of()) : x;
    return tape.record(
        reshaped(tensor, op.shape()),
        g -> tape.add(tensor, isSmall(g) ? g : reshaped(g, tensor.shape())));
  }

  private Value reshaped(Value x, Shape shape) {
    return halves.through(x, values -> algebra.reshaped(values, shape));
  }

  Value concat(Op.Concat op, List<Value> parts) {
    int axis = op.axis();
    int size = parts.stream().mapToInt(part -> part.shape().dimension(axis)).sum();
    Value all = algebra.concat(axis, parts, parts.get(0).shape().with(axis, size));
    return tape.record(
        all,
        g -> {
          int from = 0;
          for (Value part : parts) {
            int to = from + part.shape().dimension(axis);
            tape.add(part, isSmall(g) ? g : algebra.slice(g, axis, from, to));
            from = to;
          }
        });
  }

  // libtorch counts the amounts from the last axis backwards.
  Value pad(Op.Pad op, Value x) {
    int axis = op.axis();
    int size = x.shape().dimension(axis);
    String amounts = "0, 0, ".repeat(x.shape().rank() - 1 - axis) + op.before() + ", " + op.after();
    String text = "torch.constant_pad_nd({0}, [%s], %s)";
    Call call = Call.of(text.formatted(amounts, Call.literal(op.value())));
    Value padded = lines.make(call, x.shape().with(axis, op.before() + size + op.after()), x);
    return tape.record(
        padded,
        g -> tape.add(x, isSmall(g) ? g : algebra.slice(g, axis, op.before(), op.before() + size)));
  }

  Value spread(Op.Spread op, Value x) {
    Value y = algebra.spread(x, op.height(), op.width());
    return tape.record(y, g -> tape.add(x, algebra.sumOfPixels(algebra.full(g, y))));
  }

  Value slice(Op.Slice op, Value x) {
    Value part = algebra.slice(x, op.axis(), op.from(), op.to());
    return tape.record(
        part, g -> tape.addPart(x, op.axis(), op.from(), op.to(), algebra.full(g, part)));
  }

  private static boolean isSmall(Value gradient) {
    return gradient.isNumber() || gradient.shape().rank() == 0;
  }
}
