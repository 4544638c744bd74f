package dev.elbow.trainer.program;

import dev.elbow.api.network.Op;
import dev.elbow.api.network.Parameter;
import dev.elbow.api.network.Shape;
import java.util.List;

/** Layers that bring values to mean 0 and variance 1. */
final class Norms {
  private final Lines lines;
  private final Algebra algebra;
  private final Tape tape;
  private final Weights weights;
  private final boolean trains;

  /**
   * @param trains whether batches are measured, as in training alone
   */
  Norms(Lines lines, Algebra algebra, Tape tape, Weights weights, boolean trains) {
    this.lines = lines;
    this.algebra = algebra;
    this.tape = tape;
    this.weights = weights;
    this.trains = trains;
  }

  private static Piece piece(List<Parameter> parameters, int index) {
    return Piece.of(parameters.subList(index, index + 1));
  }

  private String name(Op op, int index) {
    return "w" + weights.number(piece(op.parameters(), index));
  }

  // One group of all channels: with one value a channel that is the norm of a row.
  Value layer(Op.LayerNorm op, Value given) {
    Value x = planes(given);
    String sizes =
        "%s, %d, %d, 1, ".formatted(x.rows(), op.channels(), x.shape().size() / op.channels());
    String forward = "torch.native_group_norm({0}, %s, %s, %s%s)";
    Call call =
        Call.of(
            forward.formatted(name(op, 0), name(op, 1), sizes, Call.literal(Op.LayerNorm.EPSILON)));
    Value all = weights.read(piece(op.parameters(), 0), call, Shape.of(), x);
    String back =
        "torch.native_group_norm_backward({0}, {1}, {2}[1], {2}[2], %s, %s[True, True, True])";
    return passed(op, given, x, all, back.formatted(name(op, 0), sizes));
  }

  Value batch(Op.BatchNorm op, Value given) {
    Value x = planes(given);
    String mean = "w" + weights.number(piece(op.buffers(), 0));
    String variance = "w" + weights.number(piece(op.buffers(), 1));
    long area = x.shape().size() / op.channels();
    String isMeasured = trains ? "%s * %d > 1".formatted(x.rows(), area) : "False";
    String epsilon = Call.literal(Op.BatchNorm.EPSILON);
    // The one whose signature says that it changes the running statistics.
    String forward = "torch._native_batch_norm_legit({0}, %s, %s, %s, %s, %s, %s, %s)";
    Call call =
        Call.of(
            forward.formatted(
                name(op, 0),
                name(op, 1),
                mean,
                variance,
                isMeasured,
                Call.literal(Op.BatchNorm.MOMENTUM),
                epsilon));
    Value all = weights.read(piece(op.parameters(), 0), call, Shape.of(), x);
    String back =
        "torch.native_batch_norm_backward({0}, {1}, %s, %s, %s, {2}[1], {2}[2], %s, %s, [True, True, True])";
    return passed(
        op, given, x, all, back.formatted(name(op, 0), mean, variance, isMeasured, epsilon));
  }

  private Value planes(Value x) {
    return x.shape().rank() == 3 ? algebra.planes(x) : x;
  }

  private Value passed(Op op, Value given, Value x, Value all, String backward) {
    Value y = lines.make(Call.of("{0}[0]"), x.rows(), x.shape(), all);
    return tape.record(
        y,
        gradient -> {
          Value g = planes(algebra.full(gradient, y));
          Value back = lines.make(Call.of(backward), Shape.of(), g, x, all);
          weights.store(piece(op.parameters(), 0), "torch.mul({0}[1], c, out=g%d)", back);
          weights.store(piece(op.parameters(), 1), "torch.mul({0}[2], c, out=g%d)", back);
          tape.add(given, lines.make(Call.of("{0}[0]"), x.rows(), x.shape(), back));
        });
  }
}
