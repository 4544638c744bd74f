package dev.elbow.trainer.program;

import dev.elbow.api.network.Shape;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Sums and products of values, written so that a factor costs no pass of its own where the next
 * operation can take it along. A value of shape {@code []} meets every element of the other.
 */
final class Algebra {
  private static final Call TIMES = Call.of("torch.mul({0}, {1})", "{0}.mul_({1})");
  private static final Call PLUS = Call.of("torch.add({0}, {1})", "{0}.add_({1})");
  private static final Call PLUS_SCALED =
      Call.of("torch.add({0}, {1}, alpha={2})", "{0}.add_({1}, alpha={2})");
  private static final Call MINUS = Call.of("torch.sub({0}, {1})", "{0}.sub_({1})");
  private static final Call SOFTPLUS = Call.of("torch.softplus({0})");
  private static final Call SIGMOID = Call.of("torch.sigmoid({0})");

  private static final String RESHAPE = "{0}.reshape(";

  /** So that a product of numbers from one half up stays far above the smallest float. */
  private static final int MOST_FACTORS = 64;

  /** Enough products side by side to fill the vector registers of any processor. */
  private static final int FEWEST_PRODUCTS = 64;

  private final Lines lines;

  Algebra(Lines lines) {
    this.lines = lines;
  }

  Value constant(double value) {
    return lines.make(Call.constant(value), Shape.of());
  }

  /** The product. */
  Value times(Value a, Value b) {
    if (a.isNumber()) {
      return b.isNumber() ? product(a, b) : scale(b, a);
    }
    if (b.isNumber()) {
      return scale(a, b);
    }
    if (isScaled(a)) {
      return scale(times(a.operand(0), b), a.operand(1));
    }
    if (isScaled(b)) {
      return scale(times(a, b.operand(0)), b.operand(1));
    }
    return pair(TIMES, a, b);
  }

  private static boolean isScaled(Value value) {
    return value.is(TIMES) && value.operand(1).isNumber();
  }

  private Value scale(Value tensor, Value factor) {
    if (factor.isConstant(1)) {
      return tensor;
    }
    return isScaled(tensor)
        ? scale(tensor.operand(0), product(tensor.operand(1), factor))
        : lines.make(TIMES, tensor.shape(), tensor, factor);
  }

  private Value product(Value a, Value b) {
    if (a.isConstant() && b.isConstant()) {
      return constant(number(a) * number(b));
    }
    if (a.isConstant(1)) {
      return b;
    }
    return b.isConstant(1) ? a : lines.make(Call.number("{0} * {1}"), Shape.of(), a, b);
  }

  /** The sum. */
  Value plus(Value a, Value b) {
    if (a.isNumber() && b.isNumber()) {
      return sum(a, b);
    }
    if (a.isNumber() || isScaled(a) && !b.isNumber() && !isScaled(b)) {
      return plus(b, a);
    }
    if (b.isNumber()) {
      return b.isConstant(0) ? a : lines.make(PLUS, a.shape(), a, b);
    }
    return isScaled(b) ? plusScaled(a, b.operand(0), b.operand(1)) : pair(PLUS, a, b);
  }

  private Value plusScaled(Value a, Value b, Value factor) {
    if (factor.isConstant(-1)) {
      return lines.make(MINUS, larger(a, b), column(a, b), column(b, a));
    }
    return lines.make(PLUS_SCALED, larger(a, b), column(a, b), column(b, a), factor);
  }

  private Value sum(Value a, Value b) {
    if (a.isConstant() && b.isConstant()) {
      return constant(number(a) + number(b));
    }
    return lines.make(Call.number("{0} + {1}"), Shape.of(), a, b);
  }

  // What the operation is given first may be written over, so that is the larger one.
  private Value pair(Call call, Value a, Value b) {
    boolean swapped = a.shape().rank() == 0 && b.shape().rank() > 0;
    Value first = swapped ? b : a;
    Value second = swapped ? a : b;
    return lines.make(call, first.shape(), column(first, second), column(second, first));
  }

  private static Shape larger(Value a, Value b) {
    return a.shape().rank() == 0 ? b.shape() : a.shape();
  }

  /** A figure of each example, so laid out that it meets all values of {@code other}'s. */
  private Value column(Value figure, Value other) {
    int rank = other.shape().rank();
    if (figure.shape().rank() > 0 || rank == 0) {
      return figure;
    }
    Shape shape = new Shape(IntStream.range(0, rank).mapToObj(i -> 1).toList());
    return lines.make(Call.view(RESHAPE + batched(figure.rows(), shape) + ")"), shape, figure);
  }

  /** As a tensor with as many elements as {@code like}, which may be all the same. */
  Value full(Value value, Value like) {
    return full(value, like.rows(), like.shape());
  }

  /** As a tensor with an element for each of {@code shape}, which may be all the same. */
  Value full(Value value, String rows, Shape shape) {
    String sizes = batched(rows, shape);
    if (value.isNumber()) {
      return lines.make(Call.of("torch.full(" + sizes + ", {0}, dtype=6)"), rows, shape, value);
    }
    if (value.shape().rank() > 0 || shape.rank() == 0) {
      return value;
    }
    Value like = lines.make(Call.of("torch.empty(" + sizes + ")"), rows, shape);
    return lines.make(
        Call.of("{0}.expand(" + sizes + ").contiguous()"), shape, column(value, like));
  }

  /** The sum over the values of each example. */
  Value sumOf(Value x) {
    if (x.shape().rank() == 0) {
      return x;
    }
    return holdsSoftplus(x) ? termByTerm(x) : plainSum(x);
  }

  private Value plainSum(Value x) {
    return lines.make(Call.of("torch.sum({0}, " + axes(x.shape()) + ")"), Shape.of(), x);
  }

  private static boolean holdsSoftplus(Value x) {
    boolean isLinear = x.is(PLUS) || x.is(MINUS) || isScaled(x) || x.is(PLUS_SCALED);
    return x.is(SOFTPLUS) || isLinear && x.operands().stream().anyMatch(Algebra::holdsSoftplus);
  }

  private Value termByTerm(Value x) {
    if (x.is(SOFTPLUS)) {
      return softplusSum(x.operand(0));
    }
    Value first = sumOver(x.operand(0), x.shape());
    if (isScaled(x)) {
      return times(first, x.operand(1));
    }
    Value second = sumOver(x.operand(1), x.shape());
    Value factor = x.is(MINUS) ? constant(-1) : x.is(PLUS) ? constant(1) : x.operand(2);
    return plus(first, times(second, factor));
  }

  /** The sum over {@code shape} of a value that may be the same for all of it. */
  Value sumOver(Value x, Shape shape) {
    boolean isSame = x.isNumber() || x.shape().size() < shape.size();
    if (!isSame) {
      return sumOf(x);
    }
    Value figure = x.isNumber() || x.shape().rank() == 0 ? x : reshaped(x, Shape.of());
    return times(figure, constant(shape.size()));
  }

  // softplus(l) = max(l, 0) − log σ(|l|), and the sum of logarithms is the logarithm of a product.
  // So what costs most, a logarithm for each element, is left to one for each of many, and the
  // sigmoid is the one that the gradient needs anyway. σ(|l|) is at least one half.
  private Value softplusSum(Value l) {
    long size = l.shape().size();
    int factors = factors(size);
    Value s = sigmoid(l);
    Value likelier =
        lines.make(
            Call.of("torch.maximum({0}, {1})"),
            l.shape(),
            s,
            lines.make(Call.of("torch.rsub({0}, 1.0)"), l.shape(), s));
    Shape rows = Shape.of((int) (size / factors));
    Value product =
        lines.make(
            Call.of(
                "torch.prod({0}.reshape([%s, %d, %d]), 1)"
                    .formatted(l.rows(), factors, size / factors)),
            rows,
            likelier);
    Value logarithms = plainSum(lines.make(Call.of("torch.log({0})", "{0}.log_()"), rows, product));
    Value positive = plainSum(lines.make(Call.of("torch.relu({0})"), l.shape(), l));
    return plus(positive, times(logarithms, constant(-1)));
  }

  private static int factors(long size) {
    return IntStream.rangeClosed(1, MOST_FACTORS)
        .filter(count -> size % count == 0 && size / count >= FEWEST_PRODUCTS)
        .max()
        .orElse(1);
  }

  Value softplus(Value x) {
    return lines.make(SOFTPLUS, x.shape(), x);
  }

  Value sigmoid(Value x) {
    return lines.make(SIGMOID, x.shape(), x);
  }

  /** The parts one after the other. */
  Value concat(int axis, List<Value> parts, Shape shape) {
    String names =
        IntStream.range(0, parts.size())
            .mapToObj(i -> "{" + i + "}")
            .collect(Collectors.joining(", "));
    Call call = Call.of("torch.cat([%s], %d)".formatted(names, axis + 1));
    return lines.make(call, shape, parts.toArray(Value[]::new));
  }

  /** The elements from {@code from} to {@code to}. */
  Value slice(Value x, int axis, int from, int to) {
    Call call = Call.view("{0}.narrow(%d, %d, %d)".formatted(axis + 1, from, to - from));
    return lines.make(call, x.shape().with(axis, to - from), x);
  }

  /** The value of each channel for all its pixels. */
  Value spread(Value x, int height, int width) {
    int channels = x.shape().dimension(0);
    Shape shape = Shape.of(channels, height, width);
    String pixel = batched(x.rows(), Shape.of(channels, 1, 1));
    String all = batched(x.rows(), shape);
    Call call = Call.of("{0}.reshape(%s).expand(%s).contiguous()".formatted(pixel, all));
    return lines.make(call, shape, x);
  }

  /** The sum over each channel of an image. */
  Value sumOfPixels(Value image) {
    Shape channels = Shape.of(image.shape().dimension(0));
    return lines.make(Call.of("torch.sum({0}, [2, 3])"), channels, image);
  }

  /** The same values in the same order under another shape. */
  Value reshaped(Value x, Shape shape) {
    if (x.shape().equals(shape)) {
      return x;
    }
    boolean isReshaped =
        x.call().text().startsWith(RESHAPE) && x.operand(0).rows().equals(x.rows());
    Value from = isReshaped ? x.operand(0) : x;
    return isReshaped
        ? reshaped(from, shape)
        : lines.make(Call.view(RESHAPE + batched(from.rows(), shape) + ")"), shape, from);
  }

  /**
   * An image with the channels of a pixel side by side in memory, as convolutions are fastest. With
   * one channel both orders are the same, but libtorch takes it for planes unless it is told.
   */
  Value channelsLast(Value x) {
    int height = x.shape().dimension(1);
    int width = x.shape().dimension(2);
    String text =
        x.shape().dimension(0) == 1
            ? "{0}.reshape([%s, %d, %d, 1]).permute([0, 3, 1, 2])"
                .formatted(x.rows(), height, width)
            : "{0}.contiguous(memory_format=2)";
    return lines.make(Call.view(text), x.shape(), x);
  }

  /** An image with each channel for itself in memory. */
  Value planes(Value x) {
    return lines.make(Call.view("{0}.contiguous()"), x.shape(), x);
  }

  /** A shape of TorchScript, the rows before the dimensions of an example. */
  static String batched(String rows, Shape shape) {
    return Stream.concat(Stream.of(rows), shape.dimensions().stream().map(String::valueOf))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  /** All axes of an example. */
  static String axes(Shape shape) {
    return IntStream.rangeClosed(1, shape.rank())
        .mapToObj(String::valueOf)
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static double number(Value constant) {
    String text = constant.call().text();
    return Double.parseDouble(text.replaceAll("float\\('(.*)'\\)", "$1"));
  }
}
