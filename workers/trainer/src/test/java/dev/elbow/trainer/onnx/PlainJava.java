package dev.elbow.trainer.onnx;

import dev.elbow.api.network.Graph;
import dev.elbow.api.network.Moment;
import dev.elbow.api.network.Op;
import dev.elbow.api.network.Parameter;
import dev.elbow.api.network.Rules;
import dev.elbow.api.network.Shape;
import dev.elbow.api.network.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * The language in plain loops over one example, in double precision: slow, and written from the
 * definitions without a look at any back end, so that an error of theirs is not repeated here.
 */
public final class PlainJava implements Rules<PlainJava.Example>, TrainedModel {
  private final Map<String, float[]> parameters;

  public PlainJava(Map<String, float[]> parameters) {
    this.parameters = parameters;
  }

  /** The value of one example. */
  record Example(Shape shape, double[] values) {
    /** The element at these coordinates; 0 outside, as around the image of a convolution. */
    double at(int channel, int y, int x) {
      int height = shape.dimension(1);
      int width = shape.dimension(2);
      boolean inside = y >= 0 && y < height && x >= 0 && x < width;
      return inside ? values[(channel * height + y) * width + x] : 0;
    }
  }

  @Override
  public List<float[]> compute(List<Tensor> outputs, Map<Tensor, float[]> given, int batch) {
    List<float[]> results = new ArrayList<>();
    outputs.forEach(
        tensor -> results.add(new float[batch * Math.toIntExact(tensor.shape().size())]));
    for (int example = 0; example < batch; example++) {
      List<Example> values = Graph.of(outputs).evaluate(this, one(given, example));
      for (int output = 0; output < values.size(); output++) {
        double[] from = values.get(output).values();
        for (int i = 0; i < from.length; i++) {
          results.get(output)[example * from.length + i] = (float) from[i];
        }
      }
    }
    return results;
  }

  private static Map<Tensor, Example> one(Map<Tensor, float[]> given, int example) {
    Map<Tensor, Example> values = new HashMap<>();
    given.forEach(
        (tensor, all) -> {
          int size = Math.toIntExact(tensor.shape().size());
          double[] one = new double[size];
          Arrays.setAll(one, i -> all[example * size + i]);
          values.put(tensor, new Example(tensor.shape(), one));
        });
    return values;
  }

  @Override
  public Example input(Op.Input op, Shape shape) {
    throw new AssertionError("not given: " + op);
  }

  @Override
  public Example scheduled(Op.Scheduled op) {
    return new Example(Shape.of(), new double[] {op.schedule().at(new Moment(0, 1, 1))});
  }

  @Override
  public Example linear(Op.Linear op, Example x) {
    float[] weight = weight(op);
    float[] bias = bias(op);
    double[] result = new double[op.out()];
    for (int o = 0; o < op.out(); o++) {
      result[o] = bias[o];
      for (int i = 0; i < op.in(); i++) {
        result[o] += weight[o * op.in() + i] * x.values()[i];
      }
    }
    return new Example(Shape.of(op.out()), result);
  }

  @Override
  public Example conv2d(Op.Conv2d op, Example x) {
    int height = (x.shape().dimension(1) + 2 * op.padding() - op.kernel()) / op.stride() + 1;
    int width = (x.shape().dimension(2) + 2 * op.padding() - op.kernel()) / op.stride() + 1;
    double[] result = new double[op.out() * height * width];
    for (int i = 0; i < result.length; i++) {
      int out = i / (height * width);
      int top = i / width % height * op.stride() - op.padding();
      int left = i % width * op.stride() - op.padding();
      result[i] = bias(op)[out] + window(op, x, out, top, left);
    }
    return new Example(Shape.of(op.out(), height, width), result);
  }

  private double window(Op.Conv2d op, Example x, int out, int top, int left) {
    float[] weight = weight(op);
    int area = op.kernel() * op.kernel();
    double sum = 0;
    for (int i = 0; i < op.in() * area; i++) {
      int y = top + i % area / op.kernel();
      sum += weight[out * op.in() * area + i] * x.at(i / area, y, left + i % op.kernel());
    }
    return sum;
  }

  @Override
  public Example convTranspose2d(Op.ConvTranspose2d op, Example x) {
    int grown = op.kernel() + op.outputPadding() - 2 * op.padding();
    int height = (x.shape().dimension(1) - 1) * op.stride() + grown;
    int width = (x.shape().dimension(2) - 1) * op.stride() + grown;
    double[] result = new double[op.out() * height * width];
    for (int i = 0; i < result.length; i++) {
      int y = i / width % height + op.padding();
      int column = i % width + op.padding();
      int out = i / (height * width);
      result[i] = bias(op)[out] + gathered(op, x, out, y, column);
    }
    return new Example(Shape.of(op.out(), height, width), result);
  }

  // Input (u, v) reaches output (u * stride + ky - padding, ...): an output gathers from all that
  // reach it.
  private double gathered(Op.ConvTranspose2d op, Example x, int out, int y, int column) {
    float[] weight = weight(op);
    int area = op.kernel() * op.kernel();
    double sum = 0;
    for (int i = 0; i < op.in() * area; i++) {
      int u = y - i % area / op.kernel();
      int v = column - i % op.kernel();
      if (u % op.stride() == 0 && v % op.stride() == 0) {
        int in = i / area;
        sum +=
            weight[(in * op.out() + out) * area + i % area]
                * x.at(in, u / op.stride(), v / op.stride());
      }
    }
    return sum;
  }

  @Override
  public Example reshape(Op.Reshape op, Example x) {
    return new Example(op.shape(), x.values());
  }

  @Override
  public Example concat(Op.Concat op, List<Example> parts) {
    int size = parts.stream().mapToInt(part -> part.shape().dimension(op.axis())).sum();
    Example result = filled(parts.get(0).shape().with(op.axis(), size), 0);
    int offset = 0;
    for (Example part : parts) {
      copy(part, result, op.axis(), 0, offset, part.shape().dimension(op.axis()));
      offset += part.shape().dimension(op.axis());
    }
    return result;
  }

  @Override
  public Example pad(Op.Pad op, Example x) {
    int size = x.shape().dimension(op.axis());
    Example result = filled(x.shape().with(op.axis(), op.before() + size + op.after()), op.value());
    copy(x, result, op.axis(), 0, op.before(), size);
    return result;
  }

  @Override
  public Example spread(Op.Spread op, Example x) {
    int area = op.height() * op.width();
    double[] result = new double[x.values().length * area];
    Arrays.setAll(result, i -> x.values()[i / area]);
    return new Example(Shape.of(x.values().length, op.height(), op.width()), result);
  }

  @Override
  public Example slice(Op.Slice op, Example x) {
    Example result = filled(x.shape().with(op.axis(), op.to() - op.from()), 0);
    copy(x, result, op.axis(), op.from(), 0, op.to() - op.from());
    return result;
  }

  private static Example filled(Shape shape, double value) {
    double[] values = new double[Math.toIntExact(shape.size())];
    Arrays.fill(values, value);
    return new Example(shape, values);
  }

  private static void copy(Example from, Example to, int axis, int start, int offset, int count) {
    int inner =
        IntStream.range(axis + 1, from.shape().rank())
            .map(from.shape()::dimension)
            .reduce(1, (a, b) -> a * b);
    int outer = IntStream.range(0, axis).map(from.shape()::dimension).reduce(1, (a, b) -> a * b);
    int fromRow = from.shape().dimension(axis) * inner;
    int toRow = to.shape().dimension(axis) * inner;
    for (int row = 0; row < outer; row++) {
      System.arraycopy(
          from.values(),
          row * fromRow + start * inner,
          to.values(),
          row * toRow + offset * inner,
          count * inner);
    }
  }

  @Override
  public Example plus(Example a, Shape shapeOfA, Example b, Shape shapeOfB) {
    return pairwise(a, b, Double::sum);
  }

  @Override
  public Example times(Example a, Shape shapeOfA, Example b, Shape shapeOfB) {
    return pairwise(a, b, (left, right) -> left * right);
  }

  private static Example pairwise(Example a, Example b, DoubleBinaryOperator operator) {
    Example larger = a.shape().rank() >= b.shape().rank() ? a : b;
    double[] result = new double[larger.values().length];
    Arrays.setAll(
        result,
        i ->
            operator.applyAsDouble(
                a.values()[i % a.values().length], b.values()[i % b.values().length]));
    return new Example(larger.shape(), result);
  }

  @Override
  public Example affine(Op.Affine op, Example x) {
    return map(x, value -> op.factor() * value + op.summand());
  }

  @Override
  public Example elementwise(Op.Elementwise op, Example x) {
    return map(
        x,
        switch (op.function()) {
          case RELU -> value -> Math.max(0, value);
          case LEAKY_RELU -> value -> value > 0 ? value : op.slope() * value;
          case TANH -> Math::tanh;
          case SIGMOID -> value -> 1 / (1 + Math.exp(-value));
          case SOFTPLUS -> value -> Math.max(value, 0) + Math.log1p(Math.exp(-Math.abs(value)));
          case EXP -> Math::exp;
          case LOG -> Math::log;
          case SQUARE -> value -> value * value;
          case ABS -> Math::abs;
          case SILU -> value -> value / (1 + Math.exp(-value));
          case GELU -> PlainJava::gelu;
          case LOG_SINHC -> value -> value == 0 ? 0 : Math.log(Math.sinh(value) / value);
          case LANGEVIN -> value -> value == 0 ? 0 : 1 / Math.tanh(value) - 1 / value;
        });
  }

  @Override
  public Example reduce(Op.Reduce op, Example x, Shape shapeOfX) {
    double sum = Arrays.stream(x.values()).sum();
    double result =
        switch (op.kind()) {
          case SUM -> sum;
          case MEAN -> sum / x.values().length;
          case LOG_SUM_EXP -> logSumExp(x.values());
        };
    return new Example(Shape.of(), new double[] {result});
  }

  private static double logSumExp(double[] values) {
    double largest = Arrays.stream(values).max().orElseThrow();
    return largest + Math.log(Arrays.stream(values).map(v -> Math.exp(v - largest)).sum());
  }

  private static Example map(Example x, DoubleUnaryOperator function) {
    return new Example(x.shape(), Arrays.stream(x.values()).map(function).toArray());
  }

  /** By Simpson's rule on the normal density. */
  private static double gelu(double value) {
    int intervals = 200;
    double width = value / intervals;
    double sum = 0;
    for (int i = 0; i <= intervals; i++) {
      double share = i == 0 || i == intervals ? 1 : i % 2 == 0 ? 2 : 4;
      sum += share * Math.exp(-0.5 * i * width * i * width);
    }
    return value * (0.5 + sum * width / 3 / Math.sqrt(2 * Math.PI));
  }

  @Override
  public Example outer(Example a, Example b) {
    int rows = a.values().length;
    int columns = b.values().length;
    double[] result = new double[rows * columns];
    Arrays.setAll(result, i -> a.values()[i / columns] * b.values()[i % columns]);
    return new Example(Shape.of(rows, columns), result);
  }

  @Override
  public Example detach(Example x) {
    return x;
  }

  @Override
  public Example batchSize() {
    throw overABatch();
  }

  @Override
  public Example batchMean(Example x) {
    throw overABatch();
  }

  @Override
  public Example repeat(Op.Repeat op, Example x) {
    throw overABatch();
  }

  @Override
  public Example others(Example x) {
    throw overABatch();
  }

  @Override
  public Example samples(Op.Samples op, Example x) {
    throw overABatch();
  }

  @Override
  public Example joined(Op.Joined op, Example x, Shape shapeOfX) {
    throw overABatch();
  }

  @Override
  public Example batchOrder(Example x, Example keys) {
    throw overABatch();
  }

  @Override
  public Example pairing(Op.Pairing op) {
    throw overABatch();
  }

  @Override
  public Example over(Op.Over op, Example x, Shape shapeOfX) {
    throw overABatch();
  }

  private static AssertionError overABatch() {
    return new AssertionError("this looks at one example alone");
  }

  private float[] weight(Op op) {
    return values(op.parameters().get(0));
  }

  private float[] bias(Op op) {
    Parameter weight = op.parameters().get(0);
    return op.parameters().size() > 1
        ? values(op.parameters().get(1))
        : new float[(int) weight.shape().size()];
  }

  @Override
  public Example layerNorm(Op.LayerNorm op, Example x) {
    double mean = Arrays.stream(x.values()).average().orElseThrow();
    double variance =
        Arrays.stream(x.values()).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
    double[] result = new double[x.values().length];
    int area = result.length / op.channels();
    Arrays.setAll(
        result,
        i ->
            (x.values()[i] - mean) / Math.sqrt(variance + 1e-5) * weight(op)[i / area]
                + bias(op)[i / area]);
    return new Example(x.shape(), result);
  }

  @Override
  public Example batchNorm(Op.BatchNorm op, Example x) {
    float[] mean = values(op.buffers().get(0));
    float[] variance = values(op.buffers().get(1));
    double[] result = new double[x.values().length];
    int area = result.length / op.channels();
    Arrays.setAll(
        result,
        i -> {
          int channel = i / area;
          double normal = (x.values()[i] - mean[channel]) / Math.sqrt(variance[channel] + 1e-5);
          return normal * weight(op)[channel] + bias(op)[channel];
        });
    return new Example(x.shape(), result);
  }

  @Override
  public Example dropout(Op.Dropout op, Example x) {
    return x;
  }

  private float[] values(Parameter parameter) {
    return parameters.get(parameter.name());
  }

  @Override
  public Example gate(Example x) {
    return x;
  }
}
