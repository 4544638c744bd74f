package dev.elbow.api.network;

import java.util.List;

/**
 * One operation of the language, as plain data. Two descriptions with equal operations, wired
 * equally, are one program with other parameters.
 */
public sealed interface Op {

  /**
   * What {@code rules} make of this operation. {@code inputs} and {@code shapes} are those of the
   * values it is applied to.
   */
  <T> T apply(Rules<T> rules, List<T> inputs, List<Shape> shapes);

  /** The parameters that it brings, weight before bias; empty for most. */
  default List<Parameter> parameters() {
    return List.of();
  }

  /**
   * What training measures and keeps beside the parameters, and no optimizer changes: running
   * statistics of batches. Empty for most.
   */
  default List<Parameter> buffers() {
    return List.of();
  }

  /**
   * Multiply-add operations for one example, the measure of cost; element-wise work counts as
   * nothing.
   */
  default long multiplyAdds(Shape result) {
    return 0;
  }

  /** A value from outside: {@code x}, {@code eps}, {@code z}. */
  record Input(String name, Shape shape) implements Op {
    @Override
    public <T> T apply(Rules<T> rules, List<T> inputs, List<Shape> shapes) {
      return rules.input(this, shape);
    }
  }

  /** What a network is told beside an image or a code: an input of exported models too. */
  record Given(Condition condition) implements Op {
    @Override
    public <T> T apply(Rules<T> rules, List<T> inputs, List<Shape> shapes) {
      return rules.input(new Input(condition.name(), condition.shape()), condition.shape());
    }
  }

  /**
   * A figure that is the same for the whole batch and a run-time input, so that other values never
   * change the program. Equal by name alone.
   */
  record Scheduled(String name, Schedule schedule) implements Op {
    @Override
    public <T> T apply(Rules<T> rules, List<T> inputs, List<Shape> shapes) {
      return rules.scheduled(this);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Scheduled that && name.equals(that.name);
    }

    @Override
    public int hashCode() {
      return name.hashCode();
    }
  }

  /**
   * {@code x · weightᵀ + bias}; weight {@code [out, in]}, bias {@code [out]} where {@code
   * isBiased}.
   */
  record Linear(String name, int in, int out, boolean isBiased) implements Op {
    @Override
    public <T> T apply(Rules<T> rules, List<T> inputs, List<Shape> shapes) {
      return rules.linear(this, inputs.get(0));
    }

    @Override
    public List<Parameter> parameters() {
      return layer(name, isBiased, Shape.of(out, in), out, in);
    }

    @Override
    public long multiplyAdds(Shape result) {
      return (long) in * out;
    }
  }

  /**
   * Cross-correlation over {@code [in, height, width]}; weight {@code [out, in, kernel, kernel]},
   * bias {@code [out]} where {@code isBiased}.
   */
  record Conv2d(String name, int in, int out, int kernel, int stride, int padding, boolean isBiased)
      implements Op {
    @Override
    public <T> T apply(Rules<T> rules, List<T> inputs, List<Shape> shapes) {
      return rules.conv2d(this, inputs.get(0));
    }

    @Override
    public List<Parameter> parameters() {
      return layer(
          name, isBiased, Shape.of(out, in, kernel, kernel), out, (long) in * kernel * kernel);
    }

    @Override
    public long multiplyAdds(Shape result) {
      return result.size() * in * kernel * kernel;
    }
  }

  /**
   * The transpose of a convolution; weight {@code [in, out, kernel, kernel]}, bias {@code [out]}
   * where {@code isBiased}. {@code outputPadding} rows and columns are added at the end, which
   * tells apart the sizes that a strided convolution maps to one.
   */
  record ConvTranspose2d(
      String name,
      int in,
      int out,
      int kernel,
      int stride,
      int padding,
      int outputPadding,
      boolean isBiased)
      implements Op {
    @Override
    public <T> T apply(Rules<T> rules, List<T> inputs, List<Shape> shapes) {
      return rules.convTranspose2d(this, inputs.get(0));
    }

    // PyTorch counts the fan-in of a transposed convolution from dimension 1 of its weight: the
    // outputs.
    @Override
    public List<Parameter> parameters() {
      return layer(
          name, isBiased, Shape.of(in, out, kernel, kernel), out, (long) out * kernel * kernel);
    }

    // Every input position multiplies the whole kernel: without padding that is result.size() /
    // stride².
    @Override
    public long multiplyAdds(Shape result) {
      return result.size() * in * kernel * kernel / ((long) stride * stride);
    }
  }

  /**
   * All values of an example brought to mean 0 and variance 1, then scaled and shifted by channel,
   * which is the first dimension (Ba et al. 2016, equations 3 and 4; Wu and He 2018 with one
   * group).
   */
  record LayerNorm(String name, int channels) implements Op {
    /** Added to the variance. */
    public static final double EPSILON = 1e-5;

    @Override
    public <T> T apply(Rules<T> rules, List<T> inputs, List<Shape> shapes) {
      return rules.layerNorm(this, inputs.get(0));
    }

    @Override
    public List<Parameter> parameters() {
      return scaleAndShift(name, channels);
    }
  }

  /**
   * Each channel brought to mean 0 and variance 1 over the batch, then scaled and shifted (Ioffe
   * and Szegedy 2015, algorithm 1). In training over the batch itself, unless a channel has one
   * value there; otherwise over running statistics, which are buffers.
   */
  record BatchNorm(String name, int channels) implements Op {
    /** Added to the variance. */
    public static final double EPSILON = 1e-5;

    /** What a batch counts in the running statistics. */
    public static final double MOMENTUM = 0.1;

    @Override
    public <T> T apply(Rules<T> rules, List<T> inputs, List<Shape> shapes) {
      return rules.batchNorm(this, inputs.get(0));
    }

    @Override
    public List<Parameter> parameters() {
      return scaleAndShift(name, channels);
    }

    @Override
    public List<Parameter> buffers() {
      return List.of(
          constant(name + ".running_mean", channels, 0),
          constant(name + ".running_var", channels, 1));
    }
  }

  /**
   * In training each value is left out with probability {@code rate}, and the others divided by 1 −
   * rate (Srivastava et al. 2014, section 10); elsewhere nothing happens.
   */
  record Dropout(String name, double rate) implements Op {
    @Override
    public <T> T apply(Rules<T> rules, List<T> inputs, List<Shape> shapes) {
      return rules.dropout(this, inputs.get(0));
    }
  }

  /** Another shape with as many values, in the same row-major order. */
  record Reshape(Shape shape) implements Op {
    @Override
    public <T> T apply(Rules<T> rules, List<T> inputs, List<Shape> shapes) {
      return rules.reshape(this, inputs.get(0));
    }
  }

  /**
   * Several values one after the other along {@code axis} (0 is the first dimension of an example).
   */
  record Concat(int axis) implements Op {
    @Override
    public <T> T apply(Rules<T> rules, List<T> inputs, List<Shape> shapes) {
      return rules.concat(this, inputs);
    }
  }

  /** {@code before} and {@code after} elements of {@code value} added along {@code axis}. */
  record Pad(int axis, int before, int after, double value) implements Op {
    @Override
    public <T> T apply(Rules<T> rules, List<T> inputs, List<Shape> shapes) {
      return rules.pad(this, inputs.get(0));
    }
  }

  /** The elements from {@code from} (included) to {@code to} (excluded) along {@code axis}. */
  record Slice(int axis, int from, int to) implements Op {
    @Override
    public <T> T apply(Rules<T> rules, List<T> inputs, List<Shape> shapes) {
      return rules.slice(this, inputs.get(0));
    }
  }

  /** The value of each channel for all its pixels: {@code [n]} gives {@code [n, height, width]}. */
  record Spread(int height, int width) implements Op {
    @Override
    public <T> T apply(Rules<T> rules, List<T> inputs, List<Shape> shapes) {
      return rules.spread(this, inputs.get(0));
    }
  }

  /** The sum of two values. */
  record Plus() implements Op {
    @Override
    public <T> T apply(Rules<T> rules, List<T> inputs, List<Shape> shapes) {
      return rules.plus(inputs.get(0), shapes.get(0), inputs.get(1), shapes.get(1));
    }
  }

  /** The product of two values, element by element. */
  record Times() implements Op {
    @Override
    public <T> T apply(Rules<T> rules, List<T> inputs, List<Shape> shapes) {
      return rules.times(inputs.get(0), shapes.get(0), inputs.get(1), shapes.get(1));
    }
  }

  /** {@code factor * x + summand}. */
  record Affine(double factor, double summand) implements Op {
    @Override
    public <T> T apply(Rules<T> rules, List<T> inputs, List<Shape> shapes) {
      return rules.affine(this, inputs.get(0));
    }
  }

  /**
   * A function of each element. {@code slope} is that of {@code LEAKY_RELU} below zero, and 0 for
   * the others.
   */
  record Elementwise(Function function, double slope) implements Op {
    /**
     * The functions there are. {@code SOFTPLUS} is log(1 + exp(x)), {@code LOG} the natural
     * logarithm, {@code SILU} x · sigmoid(x), {@code GELU} x · Φ(x) with the normal distribution's
     * Φ itself, {@code LOG_SINHC} log(sinh(x) / x), {@code LANGEVIN} its slope coth(x) − 1 / x;
     * both are smooth at 0.
     */
    public enum Function {
      RELU,
      LEAKY_RELU,
      TANH,
      SIGMOID,
      SOFTPLUS,
      EXP,
      LOG,
      SQUARE,
      ABS,
      SILU,
      GELU,
      LOG_SINHC,
      LANGEVIN
    }

    @Override
    public <T> T apply(Rules<T> rules, List<T> inputs, List<Shape> shapes) {
      return rules.elementwise(this, inputs.get(0));
    }
  }

  /** One figure for each example from all its values. */
  record Reduce(Kind kind) implements Op {
    /** The reductions there are. {@code LOG_SUM_EXP} is log Σ exp(x), without overflow. */
    public enum Kind {
      SUM,
      MEAN,
      LOG_SUM_EXP
    }

    @Override
    public <T> T apply(Rules<T> rules, List<T> inputs, List<Shape> shapes) {
      return rules.reduce(this, inputs.get(0), shapes.get(0));
    }
  }

  /**
   * Every value of a row times every value of another: {@code [n]} and {@code [m]} give {@code [n,
   * m]}.
   */
  record Outer() implements Op {
    @Override
    public <T> T apply(Rules<T> rules, List<T> inputs, List<Shape> shapes) {
      return rules.outer(inputs.get(0), inputs.get(1));
    }
  }

  /** {@code x}, through which no gradient flows. */
  record Detach() implements Op {
    @Override
    public <T> T apply(Rules<T> rules, List<T> inputs, List<Shape> shapes) {
      return rules.detach(inputs.get(0));
    }
  }

  /**
   * {@code x}, whose gradient is multiplied by a weight that is known only behind it: the fourth
   * output of {@link dev.elbow.api.Vae#training}. Without such an output it flows as it is.
   */
  record Gate() implements Op {
    @Override
    public <T> T apply(Rules<T> rules, List<T> inputs, List<Shape> shapes) {
      return rules.gate(inputs.get(0));
    }
  }

  /** How many examples the batch has. */
  record BatchSize() implements Op {
    @Override
    public <T> T apply(Rules<T> rules, List<T> inputs, List<Shape> shapes) {
      return rules.batchSize();
    }
  }

  /** The mean over the batch, the same for each example. */
  record BatchMean() implements Op {
    @Override
    public <T> T apply(Rules<T> rules, List<T> inputs, List<Shape> shapes) {
      return rules.batchMean(inputs.get(0));
    }
  }

  /**
   * The value of each example for each of its samples, or for each pair that it is the first of.
   */
  record Repeat(Population population) implements Op {
    @Override
    public <T> T apply(Rules<T> rules, List<T> inputs, List<Shape> shapes) {
      return rules.repeat(this, inputs.get(0));
    }
  }

  /** The value of each example for each pair that it is the second of. */
  record Others() implements Op {
    @Override
    public <T> T apply(Rules<T> rules, List<T> inputs, List<Shape> shapes) {
      return rules.others(inputs.get(0));
    }
  }

  /** The rows of each example as its samples. */
  record Samples(int count) implements Op {
    @Override
    public <T> T apply(Rules<T> rules, List<T> inputs, List<Shape> shapes) {
      return rules.samples(this, inputs.get(0));
    }
  }

  /** The values of the samples of each example as its rows: the reverse of {@link Samples}. */
  record Joined(int count) implements Op {
    @Override
    public <T> T apply(Rules<T> rules, List<T> inputs, List<Shape> shapes) {
      return rules.joined(this, inputs.get(0), shapes.get(0));
    }
  }

  /**
   * Each element of the first value, over the batch in the order of the second one's same element:
   * the first example gets what the one with the smallest key had. Among equal keys the order of
   * the batch stays. No gradient flows through the keys.
   */
  record BatchOrder() implements Op {
    @Override
    public <T> T apply(Rules<T> rules, List<T> inputs, List<Shape> shapes) {
      return rules.batchOrder(inputs.get(0), inputs.get(1));
    }
  }

  /**
   * 1 for some pairs of examples and 0 for all others: for those of an example {@code distance}
   * places before the other in the batch, whose first example follows the last.
   */
  record Pairing(int distance) implements Op {
    @Override
    public <T> T apply(Rules<T> rules, List<T> inputs, List<Shape> shapes) {
      return rules.pairing(this);
    }
  }

  /** One value for each example from its samples or from the pairs that it is the first of. */
  record Over(Reduce.Kind kind) implements Op {
    @Override
    public <T> T apply(Rules<T> rules, List<T> inputs, List<Shape> shapes) {
      return rules.over(this, inputs.get(0), shapes.get(0));
    }
  }

  private static List<Parameter> layer(
      String name, boolean isBiased, Shape shape, int out, long fanIn) {
    Initialisation initialisation = Initialisation.fanIn(fanIn);
    Parameter weight = new Parameter(name + ".weight", shape, initialisation);
    Parameter bias = new Parameter(name + ".bias", Shape.of(out), initialisation);
    return isBiased ? List.of(weight, bias) : List.of(weight);
  }

  private static List<Parameter> scaleAndShift(String name, int channels) {
    return List.of(constant(name + ".weight", channels, 1), constant(name + ".bias", channels, 0));
  }

  private static Parameter constant(String name, int size, double value) {
    return new Parameter(name, Shape.of(size), new Initialisation.Constant(value));
  }
}
