package dev.elbow.api.network;

import static java.util.Objects.requireNonNull;

import dev.elbow.api.network.Op.Elementwise.Function;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A value of a description: the operation that makes it, the values it is made of, and its shape
 * for one example. Values are immutable and compared by identity; a method returns a new one and
 * throws {@link DescriptionException}, naming the author's line, where the operation does not fit.
 *
 * <pre>{@code
 * Tensor h = images.flatten().linear("hidden", 400).relu();
 * return new Posterior(h.linear("mu", latent), h.linear("logvar", latent));
 * }</pre>
 *
 * <p>Layer names are scoped: below {@link #scope}, and below {@code encoder} or {@code decoder} in
 * a whole model.
 */
public final class Tensor {
  private static final long LONGEST = Integer.MAX_VALUE;

  private final Op op;
  private final List<Tensor> inputs;
  private final Population population;
  private final Shape shape;
  private final String scope;
  private final String origin;

  private Tensor(
      Op op, List<Tensor> inputs, Population population, Shape shape, String scope, String origin) {
    this.op = op;
    this.inputs = List.copyOf(inputs);
    this.population = population;
    this.shape = shape;
    this.scope = scope;
    this.origin = origin;
  }

  /**
   * A value from outside.
   *
   * @param scope prefix of the names of all layers built on it, for example {@code encoder}; empty
   *     for none
   */
  public static Tensor input(String name, Shape shape, String scope) {
    Op op = new Op.Input(requireNonNull(name), shape);
    return new Tensor(op, List.of(), Population.EXAMPLES, shape, scope, "");
  }

  /** What a network is told beside an image or a code; see {@link Conditions}. */
  public static Tensor given(Condition condition) {
    Op op = new Op.Given(requireNonNull(condition, "condition is null"));
    return new Tensor(op, List.of(), Population.EXAMPLES, condition.shape(), "", "");
  }

  /**
   * Standard normal noise beside that of {@code z}, drawn anew for each image and step, for an
   * objective.
   *
   * @param name lower-case letters; one for each noise of an objective
   */
  public static Tensor noise(String name, Shape shape) {
    require(name.matches("[a-z]+"), "'%s' is no name of noise: lower-case letters are", name);
    return input("noise_" + name, shape, "");
  }

  /**
   * A figure of shape {@code []}, equal for the whole batch, that {@code schedule} gives for each
   * step.
   */
  public static Tensor scheduled(String name, Schedule schedule) {
    return figure(new Op.Scheduled(name, schedule), Population.BATCH);
  }

  /** How many images training has in an epoch: a figure of shape {@code []}. */
  public static Tensor trainingImages() {
    return scheduled("trainingImages", Moment::images);
  }

  /** How many examples the batch has, a figure of shape {@code []}. */
  public static Tensor batchSize() {
    return figure(new Op.BatchSize(), Population.BATCH);
  }

  /** For each pair of examples 1 where it is one example with itself and 0 elsewhere. */
  public static Tensor isSame() {
    return figure(new Op.Pairing(0), Population.PAIRS);
  }

  /**
   * For each pair of examples 1 where the second follows the first in the batch and 0 elsewhere;
   * the first of the batch follows the last. In a batch of one, that example follows itself.
   */
  public static Tensor isNext() {
    return figure(new Op.Pairing(1), Population.PAIRS);
  }

  private static Tensor figure(Op op, Population population) {
    return new Tensor(op, List.of(), population, Shape.of(), "", "");
  }

  /** The operation that makes this value. */
  public Op op() {
    return op;
  }

  /** The values that the operation is applied to. */
  public List<Tensor> inputs() {
    return inputs;
  }

  /** The shape of one example, or of whatever else there is one value of. */
  public Shape shape() {
    return shape;
  }

  /** What there is one value of: each example, unless an objective asks for more. */
  public Population population() {
    return population;
  }

  /**
   * The author's line that built this value, for example {@code DenseEncoder.java:31}; empty for an
   * input.
   */
  public String origin() {
    return origin;
  }

  /** The same value, on which {@code block} builds layers whose names begin with {@code name}. */
  public Tensor scope(String name, UnaryOperator<Tensor> block) {
    return block.apply(rescoped(scoped(requireName(name)))).rescoped(scope);
  }

  /**
   * The same value with {@code prefix} for the names of the layers built on it, whatever it was
   * before.
   */
  public Tensor rescoped(String prefix) {
    return new Tensor(new Op.Reshape(shape), List.of(this), population, shape, prefix, origin);
  }

  /**
   * A fully connected layer of {@code out} units. Needs shape {@code [in]}: see {@link #flatten}.
   */
  public Tensor linear(String name, int out) {
    return linear(name, out, true);
  }

  /**
   * As {@link #linear(String, int)}.
   *
   * @param isBiased false where the next layer takes out what all examples have in common
   */
  public Tensor linear(String name, int out, boolean isBiased) {
    requireLayer(name, "linear");
    require(
        shape.rank() == 1,
        "%s: linear needs a flat input, got %s; call flatten() first",
        name,
        shape);
    require(out >= 1, "%s: units must be at least 1, got %d", name, out);
    int in = shape.dimension(0);
    return make(new Op.Linear(scoped(requireName(name)), in, out, isBiased), Shape.of(out));
  }

  /**
   * A convolution to {@code channels} channels with a square kernel. Needs shape {@code [channels,
   * height, width]}.
   */
  public Tensor conv2d(String name, int channels, int kernel, int stride, int padding) {
    return conv2d(name, channels, kernel, stride, padding, true);
  }

  /**
   * As {@link #conv2d(String, int, int, int, int)}.
   *
   * @param isBiased false where the next layer takes out what all examples have in common
   */
  public Tensor conv2d(
      String name, int channels, int kernel, int stride, int padding, boolean isBiased) {
    requireImage(name, "conv2d", channels, kernel, stride, padding);
    int height = strided(name, shape.dimension(1), kernel, stride, padding);
    int width = strided(name, shape.dimension(2), kernel, stride, padding);
    Op op =
        new Op.Conv2d(
            scoped(requireName(name)),
            shape.dimension(0),
            channels,
            kernel,
            stride,
            padding,
            isBiased);
    return make(op, Shape.of(channels, height, width));
  }

  /**
   * A transposed convolution to {@code channels} channels: size {@code (n - 1) * stride - 2 *
   * padding + kernel + outputPadding}.
   *
   * @param outputPadding 0 up to, not including, {@code stride}
   */
  public Tensor convTranspose2d(
      String name, int channels, int kernel, int stride, int padding, int outputPadding) {
    return convTranspose2d(name, channels, kernel, stride, padding, outputPadding, true);
  }

  /**
   * As {@link #convTranspose2d(String, int, int, int, int, int)}.
   *
   * @param isBiased false where the next layer takes out what all examples have in common
   */
  public Tensor convTranspose2d(
      String name,
      int channels,
      int kernel,
      int stride,
      int padding,
      int outputPadding,
      boolean isBiased) {
    requireImage(name, "convTranspose2d", channels, kernel, stride, padding);
    require(
        outputPadding >= 0 && outputPadding < stride,
        "%s: outputPadding must be from 0 to stride - 1 = %d, got %d",
        name,
        stride - 1,
        outputPadding);
    long grown = (long) kernel + outputPadding - 2L * padding;
    long height = (shape.dimension(1) - 1L) * stride + grown;
    long width = (shape.dimension(2) - 1L) * stride + grown;
    require(
        height >= 1 && width >= 1,
        "%s: nothing is left of %s with padding %d",
        name,
        shape,
        padding);
    require(
        Math.max(height, width) <= LONGEST,
        "%s: [%d, %d, %d] is longer than %d",
        name,
        channels,
        height,
        width,
        LONGEST);
    Op op =
        new Op.ConvTranspose2d(
            scoped(requireName(name)),
            shape.dimension(0),
            channels,
            kernel,
            stride,
            padding,
            outputPadding,
            isBiased);
    return make(op, Shape.of(channels, (int) height, (int) width));
  }

  /**
   * All values of an example brought to mean 0 and variance 1, then scaled and shifted by channel:
   * the first dimension. Needs shape {@code [units]} or {@code [channels, height, width]}.
   */
  public Tensor layerNorm(String name) {
    return make(new Op.LayerNorm(normalised(name, "layerNorm"), shape.dimension(0)), shape);
  }

  /**
   * Each channel brought to mean 0 and variance 1 over the batch, then scaled and shifted; where
   * nothing is trained, by running statistics. Shapes as {@link #layerNorm}. A bias before it would
   * do nothing.
   */
  public Tensor batchNorm(String name) {
    return make(new Op.BatchNorm(normalised(name, "batchNorm"), shape.dimension(0)), shape);
  }

  private String normalised(String name, String layer) {
    requireLayer(name, layer);
    require(
        shape.rank() == 1 || shape.rank() == 3,
        "%s: %s needs [units] or [channels, height, width], got %s",
        name,
        layer,
        shape);
    return scoped(requireName(name));
  }

  /**
   * In training each value is left out with probability {@code rate}, and the others grow to make
   * up for it; elsewhere the same value.
   *
   * @param rate from 0 up to, not including, 1
   */
  public Tensor dropout(String name, double rate) {
    requireLayer(name, "dropout");
    require(rate >= 0 && rate < 1, "%s: rate must be from 0 up to 1, got %s", name, rate);
    return make(new Op.Dropout(scoped(requireName(name)), rate), shape);
  }

  /** All values of an example in one row. */
  public Tensor flatten() {
    if (shape.rank() == 1) {
      return this;
    }
    require(shape.size() <= LONGEST, "flatten: %s holds more than %d values", shape, LONGEST);
    return reshape((int) shape.size());
  }

  /** The same values in row-major order under other dimensions. */
  public Tensor reshape(int... dimensions) {
    require(
        Arrays.stream(dimensions).allMatch(d -> d >= 1) && product(dimensions) == shape.size(),
        "reshape: %s does not hold the %d values of %s",
        Arrays.toString(dimensions),
        shape.size(),
        shape);
    return make(new Op.Reshape(Shape.of(dimensions)), Shape.of(dimensions));
  }

  /**
   * This value followed by {@code others} along {@code axis}; all other dimensions must be equal.
   */
  public Tensor concat(int axis, Tensor... others) {
    requireAxis("concat", axis);
    int size = shape.dimension(axis);
    List<Tensor> parts = new ArrayList<>(List.of(this));
    for (Tensor other : others) {
      require(
          other.shape.rank() == shape.rank()
              && other.shape.with(axis, 1).equals(shape.with(axis, 1)),
          "concat along axis %d: %s does not fit %s",
          axis,
          other.shape,
          shape);
      size += other.shape.dimension(axis);
      parts.add(other);
    }
    Population common = parts.stream().map(Tensor::population).reduce(Tensor::common).get();
    return new Tensor(new Op.Concat(axis), parts, common, shape.with(axis, size), scope, line());
  }

  /** {@code before} and {@code after} elements of {@code value} added along {@code axis}. */
  public Tensor pad(int axis, int before, int after, double value) {
    requireAxis("pad", axis);
    require(
        before >= 0 && after >= 0, "pad: amounts must be at least 0, got %d and %d", before, after);
    return make(
        new Op.Pad(axis, before, after, value),
        shape.with(axis, shape.dimension(axis) + before + after));
  }

  /** The elements from {@code from} (included) to {@code to} (excluded) along {@code axis}. */
  public Tensor slice(int axis, int from, int to) {
    requireAxis("slice", axis);
    require(
        0 <= from && from < to && to <= shape.dimension(axis),
        "slice: [%d, %d) is not within axis %d of %s",
        from,
        to,
        axis,
        shape);
    return make(new Op.Slice(axis, from, to), shape.with(axis, to - from));
  }

  /** The value of each channel for all its pixels: {@code [n]} gives {@code [n, height, width]}. */
  public Tensor spread(int height, int width) {
    require(shape.rank() == 1, "spread: needs a row of channels, got %s", shape);
    require(
        height >= 1 && width >= 1,
        "spread: sizes must be at least 1, got %d and %d",
        height,
        width);
    return make(new Op.Spread(height, width), Shape.of(shape.dimension(0), height, width));
  }

  /** The sum. Shapes must be equal, or one of them {@code []}. */
  public Tensor plus(Tensor other) {
    return pairwise("plus", new Op.Plus(), other);
  }

  /** Each value plus {@code summand}. */
  public Tensor plus(double summand) {
    requireFinite("plus", summand);
    return make(new Op.Affine(1, summand), shape);
  }

  /** The difference. Shapes must be equal, or one of them {@code []}. */
  public Tensor minus(Tensor other) {
    return plus(other.scale(-1));
  }

  /** The product, element by element. Shapes must be equal, or one of them {@code []}. */
  public Tensor times(Tensor other) {
    return pairwise("times", new Op.Times(), other);
  }

  /** Each value times {@code factor}. */
  public Tensor scale(double factor) {
    requireFinite("scale", factor);
    return make(new Op.Affine(factor, 0), shape);
  }

  public Tensor relu() {
    return elementwise(Function.RELU, 0);
  }

  /** {@code x} where positive, {@code slope * x} elsewhere. */
  public Tensor leakyRelu(double slope) {
    requireFinite("leakyRelu", slope);
    return elementwise(Function.LEAKY_RELU, slope);
  }

  public Tensor tanh() {
    return elementwise(Function.TANH, 0);
  }

  public Tensor sigmoid() {
    return elementwise(Function.SIGMOID, 0);
  }

  /** log(1 + exp(x)), without overflow. */
  public Tensor softplus() {
    return elementwise(Function.SOFTPLUS, 0);
  }

  public Tensor exp() {
    return elementwise(Function.EXP, 0);
  }

  /** The natural logarithm. */
  public Tensor log() {
    return elementwise(Function.LOG, 0);
  }

  public Tensor square() {
    return elementwise(Function.SQUARE, 0);
  }

  public Tensor abs() {
    return elementwise(Function.ABS, 0);
  }

  /** {@code x} times its sigmoid (Hendrycks and Gimpel 2016, section 2). */
  public Tensor silu() {
    return elementwise(Function.SILU, 0);
  }

  /** {@code x} times the normal distribution up to it, not approximated (same paper, section 2). */
  public Tensor gelu() {
    return elementwise(Function.GELU, 0);
  }

  /** log(sinh(x) / x), without overflow; 0 at 0. */
  public Tensor logSinhc() {
    return elementwise(Function.LOG_SINHC, 0);
  }

  /** coth(x) − 1 / x, the slope of {@link #logSinhc}, without cancellation; 0 at 0. */
  public Tensor langevin() {
    return elementwise(Function.LANGEVIN, 0);
  }

  /** Every value times every value of {@code other}: rows of n and m values give {@code [n, m]}. */
  public Tensor outer(Tensor other) {
    require(
        shape.rank() == 1 && other.shape.rank() == 1,
        "outer: needs two rows, got %s and %s",
        shape,
        other.shape);
    return pair(new Op.Outer(), other, Shape.of(shape.dimension(0), other.shape.dimension(0)));
  }

  /** The same value, through which no gradient flows. */
  public Tensor detached() {
    return make(new Op.Detach(), shape);
  }

  /** The same value, whose gradient an objective may weigh: see {@link Op.Gate}. */
  public Tensor gated() {
    return make(new Op.Gate(), shape);
  }

  /** The mean over the batch, the same for each example. For objectives. */
  public Tensor batchMean() {
    requireExamples("batchMean");
    return make(new Op.BatchMean(), shape);
  }

  /** The value of each example for each of {@code count} samples. For objectives. */
  public Tensor repeated(int count) {
    requireExamples("repeated");
    Population samples = Population.samples(count);
    return make(new Op.Repeat(samples), samples, shape);
  }

  /**
   * The first dimension of each example as its samples: {@code [k, s…]} gives {@code [s…]} for each
   * of k samples. For objectives.
   */
  public Tensor samples() {
    requireExamples("samples");
    requireAxis("samples", 0);
    int[] sizes = shape.toArray();
    Shape one = Shape.of(Arrays.copyOfRange(sizes, 1, sizes.length));
    return make(new Op.Samples(sizes[0]), Population.samples(sizes[0]), one);
  }

  /**
   * The samples of each example as its rows: {@code [s…]} for each of k samples gives {@code [k,
   * s…]}, the reverse of {@link #samples}. For objectives.
   */
  public Tensor joined() {
    require(
        population.kind() == Population.Kind.SAMPLES, "joined: needs samples, got %s", population);
    int count = population.samples();
    return make(new Op.Joined(count), Population.EXAMPLES, shape.repeated(count));
  }

  /**
   * Each element over the batch in the order of the same element of {@code keys}: by {@link #noise}
   * each dimension of a code is permuted over the batch for itself. No gradient flows through
   * {@code keys}. For objectives.
   *
   * @param keys in the shape of this value
   */
  public Tensor batchOrdered(Tensor keys) {
    requireExamples("batchOrdered");
    keys.requireExamples("batchOrdered");
    require(shape.equals(keys.shape), "batchOrdered: shapes differ: %s and %s", shape, keys.shape);
    return pair(new Op.BatchOrder(), keys, shape);
  }

  /** For each pair of examples the value of its first. For objectives. */
  public Tensor firsts() {
    requireExamples("firsts");
    return make(new Op.Repeat(Population.PAIRS), Population.PAIRS, shape);
  }

  /** For each pair of examples the value of its second. For objectives. */
  public Tensor seconds() {
    requireExamples("seconds");
    return make(new Op.Others(), Population.PAIRS, shape);
  }

  /**
   * For each example the sum over its samples, or over the pairs that it is the first of, element
   * by element.
   */
  public Tensor sumOver() {
    return over("sumOver", Op.Reduce.Kind.SUM);
  }

  /** As {@link #sumOver}, the mean. */
  public Tensor meanOver() {
    return over("meanOver", Op.Reduce.Kind.MEAN);
  }

  /** As {@link #sumOver}, the logarithm of the sum of what the values are logarithms of. */
  public Tensor logSumExpOver() {
    return over("logSumExpOver", Op.Reduce.Kind.LOG_SUM_EXP);
  }

  private Tensor over(String name, Op.Reduce.Kind kind) {
    require(population.isGroup(), "%s: needs samples or pairs, got %s", name, population);
    return make(new Op.Over(kind), Population.EXAMPLES, shape);
  }

  /** The sum of all values of each example, shape {@code []}. */
  public Tensor sum() {
    return make(new Op.Reduce(Op.Reduce.Kind.SUM), Shape.of());
  }

  /** The mean of all values of each example, shape {@code []}. */
  public Tensor mean() {
    return make(new Op.Reduce(Op.Reduce.Kind.MEAN), Shape.of());
  }

  /** log Σ exp over all values of each example, without overflow, shape {@code []}. */
  public Tensor logSumExp() {
    return make(new Op.Reduce(Op.Reduce.Kind.LOG_SUM_EXP), Shape.of());
  }

  @Override
  public String toString() {
    return op + " -> " + shape;
  }

  // Models compute in 32 bits: a number beyond their range would be infinite in training.
  private void requireFinite(String name, double number) {
    require(
        Float.isFinite((float) number),
        "%s: got %s, expected a number that 32 bits can hold",
        name,
        number);
  }

  private Tensor elementwise(Function function, double slope) {
    return make(new Op.Elementwise(function, slope), shape);
  }

  private Tensor pairwise(String name, Op op, Tensor other) {
    boolean single = shape.rank() == 0 || other.shape.rank() == 0;
    require(
        single || shape.equals(other.shape),
        "%s: shapes differ: %s and %s",
        name,
        shape,
        other.shape);
    return pair(op, other, shape.rank() == 0 ? other.shape : shape);
  }

  private Tensor pair(Op op, Tensor other, Shape result) {
    Population common = common(population, other.population);
    return new Tensor(op, List.of(this, other), common, result, scope, line());
  }

  private static Population common(Population a, Population b) {
    boolean meet = a.equals(b) || a.equals(Population.BATCH) || b.equals(Population.BATCH);
    require(meet, "a value for %s does not meet one for %s", a, b);
    return a.equals(Population.BATCH) ? b : a;
  }

  private Tensor make(Op op, Shape result) {
    return new Tensor(op, List.of(this), population, result, scope, line());
  }

  private Tensor make(Op op, Population changed, Shape result) {
    return new Tensor(op, List.of(this), changed, result, scope, line());
  }

  private void requireExamples(String name) {
    require(
        population.equals(Population.EXAMPLES),
        "%s: needs a value for each example, got one for %s",
        name,
        population);
  }

  private String scoped(String name) {
    return scope.isEmpty() ? name : scope + "." + name;
  }

  /** As a double, which overflows into infinity instead of wrapping around. */
  private static double product(int... dimensions) {
    return Arrays.stream(dimensions).asDoubleStream().reduce(1, (a, b) -> a * b);
  }

  private static int strided(String name, int size, int kernel, int stride, int padding) {
    long padded = size + 2L * padding;
    require(
        padded >= kernel,
        "%s: kernel %d is larger than the image of size %d with padding %d",
        name,
        kernel,
        size,
        padding);
    long steps = (padded - kernel) / stride + 1;
    require(steps <= LONGEST, "%s: %d steps are more than %d", name, steps, LONGEST);
    return (int) steps;
  }

  private void requireLayer(String name, String layer) {
    require(
        population.kind() == Population.Kind.EXAMPLES
            || population.kind() == Population.Kind.SAMPLES,
        "%s: %s needs examples or samples of them, got %s",
        name,
        layer,
        population);
  }

  private void requireImage(
      String name, String layer, int channels, int kernel, int stride, int padding) {
    requireLayer(name, layer);
    require(
        shape.rank() == 3, "%s: %s needs [channels, height, width], got %s", name, layer, shape);
    require(channels >= 1, "%s: channels must be at least 1, got %d", name, channels);
    require(kernel >= 1, "%s: kernel must be at least 1, got %d", name, kernel);
    require(stride >= 1, "%s: stride must be at least 1, got %d", name, stride);
    require(padding >= 0, "%s: padding must be at least 0, got %d", name, padding);
  }

  private void requireAxis(String layer, int axis) {
    require(axis >= 0 && axis < shape.rank(), "%s: %s has no axis %d", layer, shape, axis);
  }

  private static String requireName(String name) {
    require(
        name.matches("[A-Za-z][A-Za-z0-9_]*"),
        "'%s' is no layer name: letters, digits and _ are",
        name);
    return name;
  }

  private static void require(boolean kept, String problem, Object... values) {
    if (!kept) {
      throw new DescriptionException(String.format(problem, values), line());
    }
  }

  /** The first frame outside this class is the author's. */
  private static String line() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames
                    .filter(frame -> !ours(frame.getClassName()))
                    .findFirst()
                    .map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
                    .orElse(""));
  }

  private static boolean ours(String className) {
    String own = Tensor.class.getName();
    return className.equals(own) || className.startsWith(own + "$");
  }
}
