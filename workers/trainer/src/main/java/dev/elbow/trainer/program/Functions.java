package dev.elbow.trainer.program;

import dev.elbow.api.network.Op;
import dev.elbow.api.network.Shape;

/** Functions of each element. */
final class Functions {
  private final Lines lines;
  private final Algebra algebra;
  private final Tape tape;
  private final Halves halves;

  Functions(Lines lines, Algebra algebra, Tape tape, Halves halves) {
    this.lines = lines;
    this.algebra = algebra;
    this.tape = tape;
    this.halves = halves;
  }

  Value of(Op.Elementwise op, Value x) {
    if (x.isNumber()) {
      return number(op, x);
    }
    return switch (op.function()) {
      case RELU -> relu(x);
      case LEAKY_RELU -> leakyRelu(x, Call.literal(op.slope()));
      case TANH -> byResult(x, "tanh", "tanh_backward");
      case SIGMOID -> byResult(x, "sigmoid", "sigmoid_backward");
      case SOFTPLUS -> softplus(x);
      case EXP -> exp(x);
      case LOG -> log(x);
      case SQUARE -> square(x);
      case ABS -> abs(x);
      case SILU -> passed(x, plain(op, x), x, "torch.silu_backward({0}, {1}");
      case GELU -> passed(x, plain(op, x), x, "torch.gelu_backward({0}, {1}");
      case LOG_SINHC -> bySlope(x, Curves.LOG_SINHC, Curves.LANGEVIN);
      case LANGEVIN -> bySlope(x, Curves.LANGEVIN, Curves.LANGEVIN_SLOPE);
    };
  }

  /** Of a number of TorchScript, in double. */
  private Value number(Op.Elementwise op, Value x) {
    String scalar = "torch.full([], {0}, dtype=7)";
    String function = Curves.function(op).replace("{0}", scalar);
    return lines.make(Call.number("float(" + function + ")"), Shape.of(), x);
  }

  private Value plain(Op.Elementwise op, Value x) {
    return lines.make(Call.of(Curves.function(op)), x.shape(), x);
  }

  private Value abs(Value x) {
    Value y = lines.make(Call.of("torch.abs({0})"), x.shape(), x);
    Call sign = Call.of("torch.sign({0})");
    return tape.record(y, g -> tape.add(x, algebra.times(g, lines.make(sign, x.shape(), x))));
  }

  private Value bySlope(Value x, String function, String slope) {
    Value y = lines.make(Call.of(function), x.shape(), x);
    return tape.record(
        y, g -> tape.add(x, algebra.times(g, lines.make(Call.of(slope), x.shape(), x))));
  }

  private Value relu(Value x) {
    Call call = Call.of("torch.relu({0})", "{0}.relu_()");
    String backward = "torch.threshold_backward({0}, {1}, 0.0";
    Call back = Call.of(backward + ")", backward + ", grad_input={0})");
    Value y = halves.through(x, values -> lines.make(call, x.shape(), values));
    return tape.record(
        y,
        gradient -> {
          Value g = algebra.full(gradient, x);
          tape.add(
              x,
              halves.isHalf(y)
                  ? halves.single(lines.make(back, x.shape(), halves.half(g), halves.half(y)))
                  : lines.make(back, x.shape(), g, y));
        });
  }

  /** A function whose gradient libtorch computes from its result. */
  private Value byResult(Value x, String function, String backward) {
    Call call = Call.of("torch." + function + "({0})", "{0}." + function + "_()");
    Value y = lines.make(call, x.shape(), x);
    return passed(x, y, y, "torch." + backward + "({0}, {1}");
  }

  private Value leakyRelu(Value x, String slope) {
    Value y = lines.make(Call.of("torch.leaky_relu({0}, " + slope + ")"), x.shape(), x);
    return passed(x, y, x, "torch.leaky_relu_backward({0}, {1}, " + slope + ", False");
  }

  private Value passed(Value x, Value y, Value known, String backward) {
    Call call = Call.of(backward + ")", backward + ", grad_input={0})");
    return tape.record(y, g -> tape.add(x, lines.make(call, x.shape(), algebra.full(g, x), known)));
  }

  private Value softplus(Value x) {
    return tape.record(algebra.softplus(x), g -> tape.add(x, algebra.times(g, algebra.sigmoid(x))));
  }

  private Value exp(Value x) {
    Value y = lines.make(Call.of("torch.exp({0})", "{0}.exp_()"), x.shape(), x);
    return tape.record(y, g -> tape.add(x, algebra.times(g, y)));
  }

  private Value log(Value x) {
    Value y = lines.make(Call.of("torch.log({0})", "{0}.log_()"), x.shape(), x);
    Call inverse = Call.of("torch.reciprocal({0})");
    return tape.record(y, g -> tape.add(x, algebra.times(g, lines.make(inverse, x.shape(), x))));
  }

  private Value square(Value x) {
    Value y = lines.make(Call.of("torch.square({0})", "{0}.square_()"), x.shape(), x);
    return tape.record(
        y, g -> tape.add(x, algebra.times(algebra.times(algebra.constant(2), x), g)));
  }
}
