package dev.elbow.trainer.program;

import dev.elbow.api.network.Op;
import dev.elbow.api.network.Shape;

/** Convolutions and their transposes. */
final class Convolutions {
  /** Channels of a picture at most. */
  private static final int MOST_PLANES = 4;

  private static final String BACK =
      "torch.convolution_backward({0}, {1}, %w, %n, %s, %p, [1, 1], False, [0, 0], 1, %m)";

  private final Lines lines;
  private final Algebra algebra;
  private final Tape tape;
  private final Weights weights;
  private final Halves halves;

  Convolutions(Lines lines, Algebra algebra, Tape tape, Weights weights, Halves halves) {
    this.lines = lines;
    this.algebra = algebra;
    this.tape = tape;
    this.weights = weights;
    this.halves = halves;
  }

  Value conv2d(Op.Conv2d op, Value given) {
    Convolution way = new Convolution(op, op.kernel(), op.stride(), op.padding(), 0);
    Shape shape = way.shrunk(op.out(), given.shape());
    boolean inHalf = halves.pay(op.multiplyAdds(shape));
    Value x = image(given, inHalf);
    Value made = made(way, inHalf, "torch.conv2d({0}, %w, %b, %s, %p)", shape, x);
    return tape.record(
        pixels(halves.single(made, inHalf)),
        gradient -> {
          Value g = image(algebra.full(gradient, made), inHalf);
          Value all =
              made(way, inHalf, BACK.replace("%m", way.wanted(tape.wants(x))), Shape.of(), g, x);
          weights.store(way.weight(), "torch.mul({0}[1].to(dtype=6), c, out=g%d)", all);
          if (way.isBiased()) {
            weights.store(way.bias(), "torch.mul({0}[2].to(dtype=6), c, out=g%d)", all);
          }
          Value passed = lines.make(Call.of("{0}[0]"), x.shape(), all);
          tape.add(given, halves.single(passed, inHalf));
        });
  }

  // Its gradient is a plain convolution, and that of its weight is such a one's with what goes in
  // and what comes out exchanged: oneDNN's own way back takes longer. To one channel, libtorch's
  // plain kernel takes a third of oneDNN's time.
  Value convTranspose2d(Op.ConvTranspose2d op, Value given) {
    Convolution way =
        new Convolution(op, op.kernel(), op.stride(), op.padding(), op.outputPadding());
    Shape shape = way.grown(op.out(), given.shape());
    boolean inHalf = halves.pay(op.multiplyAdds(shape));
    Value x = image(given, inHalf);
    String usual = "torch.conv_transpose2d({0}, %w, %b, %s, %p, %o)";
    String plain = "torch.slow_conv_transpose2d({0}, %w, %k, %b, %s, %p, %o)";
    Value y =
        op.out() == 1
            ? made(way, false, plain, shape, given)
            : halves.single(made(way, inHalf, usual, shape, x), inHalf);
    return tape.record(
        pixels(y),
        gradient -> {
          Value g = image(algebra.full(gradient, y), inHalf);
          String back = BACK.replace("%m", "[False, True, False]");
          Value slope = made(way, inHalf, back, Shape.of(), x, g);
          weights.store(way.weight(), "torch.mul({0}[1].to(dtype=6), c, out=g%d)", slope);
          if (way.isBiased()) {
            String sum = "torch.mul(torch.sum({0}, [0, 2, 3], dtype=6), c, out=g%d)";
            weights.store(way.bias(), sum, g);
          }
          String passed = "torch.conv2d({0}, %w, None, %s, %p)";
          tape.add(given, halves.single(made(way, inHalf, passed, x.shape(), g), inHalf));
        });
  }

  /** As convolutions take it. */
  private Value image(Value x, boolean inHalf) {
    return algebra.channelsLast(inHalf ? halves.half(x) : x);
  }

  /** What has as few channels as a picture is compared with one, whose channels are planes. */
  private Value pixels(Value y) {
    return y.shape().dimension(0) > MOST_PLANES ? y : algebra.planes(y);
  }

  private Value made(Convolution way, boolean inHalf, String text, Shape shape, Value... operands) {
    String weight = name(way.weight(), inHalf);
    String bias = way.isBiased() ? name(way.bias(), inHalf) : "None";
    return weights.read(way.weight(), Call.of(way.filled(text, weight, bias)), shape, operands);
  }

  private String name(Piece piece, boolean inHalf) {
    return inHalf ? "h" + weights.numberInHalf(piece) : "w" + weights.number(piece);
  }
}
