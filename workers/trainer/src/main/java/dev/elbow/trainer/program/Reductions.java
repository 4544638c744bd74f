package dev.elbow.trainer.program;

import dev.elbow.api.network.Op;
import dev.elbow.api.network.Shape;

/** One figure from many: over the values of an example, or over the rows of a group. */
final class Reductions {
  private static final Call EXP = Call.of("torch.exp({0})", "{0}.exp_()");

  private final Lines lines;
  private final Algebra algebra;
  private final Tape tape;
  private final Groups groups;

  Reductions(Lines lines, Algebra algebra, Tape tape, Groups groups) {
    this.lines = lines;
    this.algebra = algebra;
    this.tape = tape;
    this.groups = groups;
  }

  /** Over all values of each example. */
  Value ofValues(Op.Reduce.Kind kind, Value x, Shape shapeOfX) {
    if (shapeOfX.rank() == 0) {
      return x;
    }
    return switch (kind) {
      case SUM -> tape.record(algebra.sumOf(x), g -> tape.add(x, g));
      case MEAN -> mean(x, algebra.constant(1.0 / shapeOfX.size()));
      case LOG_SUM_EXP -> logSumExp(x);
    };
  }

  private Value mean(Value x, Value share) {
    return tape.record(
        algebra.times(algebra.sumOf(x), share), g -> tape.add(x, algebra.times(g, share)));
  }

  private Value logSumExp(Value x) {
    Call call = Call.of("torch.logsumexp({0}, " + Algebra.axes(x.shape()) + ")");
    Value y = lines.make(call, Shape.of(), x);
    return tape.record(y, g -> tape.add(x, algebra.times(g, exp(x, y))));
  }

  /** Over the rows of each group. */
  Value ofGroups(Op.Reduce.Kind kind, Value x) {
    return switch (kind) {
      case SUM -> sumOver(x);
      case MEAN -> meanOver(x);
      case LOG_SUM_EXP -> logSumExpOver(x);
    };
  }

  private Value sumOver(Value x) {
    return tape.record(groups.sum(x, x.rows()), g -> tape.add(x, groups.repeated(g, x.rows())));
  }

  private Value meanOver(Value x) {
    Value share = groups.share(x.rows());
    return tape.record(
        algebra.times(groups.sum(x, x.rows()), share),
        g -> tape.add(x, groups.repeated(algebra.times(g, share), x.rows())));
  }

  private Value logSumExpOver(Value x) {
    Value y = groups.logSumExp(x);
    return tape.record(
        y,
        g -> {
          Value share = exp(x, groups.repeated(y, x.rows()));
          tape.add(x, algebra.times(groups.repeated(g, x.rows()), share));
        });
  }

  /** The part that each of {@code x} has in what it is the logarithm of. */
  private Value exp(Value x, Value logarithm) {
    Value least = algebra.times(logarithm, algebra.constant(-1));
    return lines.make(EXP, x.shape(), algebra.plus(x, least));
  }
}
