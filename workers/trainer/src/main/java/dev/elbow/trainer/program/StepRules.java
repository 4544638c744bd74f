package dev.elbow.trainer.program;

import dev.elbow.api.network.Graph;
import dev.elbow.api.network.Op;
import dev.elbow.api.network.Parameter;
import dev.elbow.api.network.Rules;
import dev.elbow.api.network.Shape;
import dev.elbow.api.network.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The table of rules: for each operation of the language what it computes, and beside it how its
 * gradient reaches what it was applied to. Gradients are those of the sum over the batch; what is
 * stored of them is divided by the batch, {@code c = 1 / b}, which costs a product nothing.
 */
final class StepRules implements Rules<Value> {
  /** Channels of a picture at most. */
  private static final int MOST_PLANES = 4;

  /** Objective, reconstruction and kl; behind them there may be the weight of gates. */
  private static final int FIGURES = 3;

  private static final String BACK =
      "torch.convolution_backward({0}, {1}, %w, %n, %s, %p, [1, 1], False, [0, 0], 1, %m)";

  private final Lines lines = new Lines();
  private final Algebra algebra = new Algebra(lines);
  private final Tape tape = new Tape(algebra);
  private final Groups groups = new Groups(lines, algebra);
  private final Norms norms;
  private final Masks masks;
  private final boolean trains;
  private final Halves halves;
  private final Map<String, List<Op.Linear>> besides = new HashMap<>();
  private final Map<Piece, Integer> pieces = new LinkedHashMap<>();
  private final Set<Piece> learning = new LinkedHashSet<>();
  private final List<String> scheduled = new ArrayList<>();
  private Value gateWeight;

  /**
   * @param graph whose first output is minimised
   * @param inHalves whether products that gain by it are made in bf16
   */
  StepRules(Graph graph, boolean inHalves) {
    this(graph, inHalves, true);
  }

  /**
   * Of what is measured of a model: statistics that training gathered are used, nothing is left
   * out.
   */
  static StepRules ofEvaluation(Graph graph) {
    return new StepRules(graph, false, false);
  }

  private StepRules(Graph graph, boolean inHalves, boolean trains) {
    this.trains = trains;
    this.norms = new Norms(lines, algebra, tape, this);
    this.halves = new Halves(lines, inHalves);
    this.masks = new Masks(lines, graph);
    Tensor objective = graph.outputs().get(0);
    List<Tensor> reached = Graph.of(objective).order();
    group(reached);
    group(graph.order().stream().filter(value -> !reached.contains(value)).toList());
  }

  // Apart, because a layer that the objective does not reach stays as it is, without any decay.
  private void group(List<Tensor> values) {
    Map<Tensor, List<Op.Linear>> byInput = new IdentityHashMap<>();
    for (Tensor value : values) {
      if (value.op() instanceof Op.Linear linear && linear.isBiased()) {
        byInput.computeIfAbsent(value.inputs().get(0), none -> new ArrayList<>()).add(linear);
      }
    }
    byInput.values().forEach(row -> row.forEach(linear -> besides.put(linear.name(), row)));
  }

  Lines lines() {
    return lines;
  }

  /** Whether batches are measured and values left out, as in training alone. */
  boolean trains() {
    return trains;
  }

  Halves halves() {
    return halves;
  }

  /** Every piece of memory that the rules name, in the order of their numbers. */
  List<Piece> pieces() {
    return List.copyOf(pieces.keySet());
  }

  /** Those of them that have a gradient. */
  Set<Piece> learning() {
    return learning;
  }

  /** The names of the scheduled figures in the order in which the program is given them. */
  List<String> scheduledNames() {
    return scheduled;
  }

  /**
   * Adds the gradients of the sum of the objective over the batch.
   *
   * @param figures what {@link dev.elbow.api.Vae#training} gives
   */
  void differentiate(List<Value> figures) {
    Value objective = figures.get(0);
    gateWeight = figures.size() > FIGURES ? figures.get(FIGURES) : null;
    tape.add(objective, algebra.constant(1));
    tape.play();
  }

  // What is given.

  @Override
  public Value input(Op.Input op, Shape shape) {
    return lines.make(Call.given(op.name()), shape);
  }

  @Override
  public Value scheduled(Op.Scheduled op) {
    if (!scheduled.contains(op.name())) {
      scheduled.add(op.name());
    }
    int place = scheduled.indexOf(op.name());
    return lines.make(Call.number("scheduled[%d * count + i]".formatted(place)), Shape.of());
  }

  // Layers.

  /** Layers on the same input are one product. */
  @Override
  public Value linear(Op.Linear op, Value x) {
    List<Op.Linear> row = besides.getOrDefault(op.name(), List.of(op));
    Value all = product(row, x);
    int from = row.stream().takeWhile(other -> other != op).mapToInt(Op.Linear::out).sum();
    int to = from + op.out();
    return row.size() == 1
        ? all
        : tape.record(
            algebra.slice(all, 0, from, to),
            g -> tape.addPart(all, 0, from, to, algebra.full(g, all.rows(), Shape.of(op.out()))));
  }

  private Value product(List<Op.Linear> row, Value x) {
    Piece weight = Piece.of(parameters(row, 0));
    if (!row.get(0).isBiased()) {
      return halves.pay(weight.size()) ? halfProduct(weight, x) : product(weight, x);
    }
    Piece bias = Piece.of(parameters(row, 1));
    return halves.pay(weight.size()) ? halfProduct(weight, bias, x) : product(weight, bias, x);
  }

  private Value product(Piece weight, Piece bias, Value x) {
    int w = number(weight);
    int b = number(bias);
    Call call = Call.of("torch.addmm(w%d, {0}, w%dt)".formatted(b, w));
    Value y = lines.learned(call, bias.shape(), x);
    return tape.record(
        y,
        gradient -> {
          Value g = algebra.full(gradient, y);
          store(weight, "g%d.addmm_({0}.t(), {1}, beta=0.0, alpha=c)", g, x);
          storeSum(bias, g);
          tape.add(x, lines.make(Call.of("torch.mm({0}, w%d)".formatted(w)), x.shape(), g));
        });
  }

  private Value product(Piece weight, Value x) {
    int w = number(weight);
    Shape shape = Shape.of(weight.shape().dimension(0));
    Value y = lines.learned(Call.of("torch.mm({0}, w%dt)".formatted(w)), shape, x);
    return tape.record(
        y,
        gradient -> {
          Value g = algebra.full(gradient, y);
          store(weight, "g%d.addmm_({0}.t(), {1}, beta=0.0, alpha=c)", g, x);
          tape.add(x, lines.make(Call.of("torch.mm({0}, w%d)".formatted(w)), x.shape(), g));
        });
  }

  private Value halfProduct(Piece weight, Value given) {
    int w = numberInHalf(weight);
    Value x = halves.half(given);
    Shape shape = Shape.of(weight.shape().dimension(0));
    Value made = lines.learned(Call.of("torch.mm({0}, h%dt)".formatted(w)), shape, x);
    Value y = halves.single(made);
    return tape.record(
        y,
        gradient -> {
          Value g = halves.half(algebra.full(gradient, y));
          halves.leaves(weight);
          store(weight, "k%d.addmm_({0}.t(), {1}, beta=0.0, alpha=c)", g, x);
          Call back = Call.of("torch.mm({0}, h%d)".formatted(w));
          tape.add(given, halves.single(lines.make(back, given.shape(), g)));
        });
  }

  private Value halfProduct(Piece weight, Piece bias, Value given) {
    int w = numberInHalf(weight);
    int b = numberInHalf(bias);
    Value x = halves.half(given);
    Call call = Call.of("torch.addmm(h%d, {0}, h%dt)".formatted(b, w));
    Value y = halves.single(lines.learned(call, bias.shape(), x));
    return tape.record(
        y,
        gradient -> {
          Value full = algebra.full(gradient, y);
          Value g = halves.half(full);
          halves.leaves(weight);
          store(weight, "k%d.addmm_({0}.t(), {1}, beta=0.0, alpha=c)", g, x);
          if (halves.isHalf(full)) {
            store(bias, "torch.mul(torch.sum({0}, [0], dtype=6), c, out=g%d)", g);
          } else {
            storeSum(bias, full);
          }
          Call back = Call.of("torch.mm({0}, h%d)".formatted(w));
          tape.add(given, halves.single(lines.make(back, given.shape(), g)));
        });
  }

  @Override
  public Value conv2d(Op.Conv2d op, Value given) {
    Convolution way = new Convolution(op, op.kernel(), op.stride(), op.padding(), 0);
    Shape shape = way.shrunk(op.out(), given.shape());
    boolean inHalf = halves.pay(op.multiplyAdds(shape));
    Value x = image(given, inHalf);
    Value made = made(way, inHalf, "torch.conv2d({0}, %w, %b, %s, %p)", shape, x);
    return tape.record(
        pixels(halves.single(made, inHalf)),
        gradient -> {
          Value g = image(algebra.full(gradient, made), inHalf);
          Value all = made(way, inHalf, BACK.replace("%m", way.wanted(x)), Shape.of(), g, x);
          store(way.weight(), "torch.mul({0}[1].to(dtype=6), c, out=g%d)", all);
          if (way.isBiased()) {
            store(way.bias(), "torch.mul({0}[2].to(dtype=6), c, out=g%d)", all);
          }
          Value passed = lines.make(Call.of("{0}[0]"), x.shape(), all);
          tape.add(given, halves.single(passed, inHalf));
        });
  }

  // Its gradient is a plain convolution, and that of its weight is such a one's with what goes in
  // and what comes out exchanged: oneDNN's own way back takes longer. To one channel, libtorch's
  // plain kernel takes a third of oneDNN's time.
  @Override
  public Value convTranspose2d(Op.ConvTranspose2d op, Value given) {
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
          store(way.weight(), "torch.mul({0}[1].to(dtype=6), c, out=g%d)", slope);
          if (way.isBiased()) {
            store(way.bias(), "torch.mul(torch.sum({0}, [0, 2, 3], dtype=6), c, out=g%d)", g);
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

  private String bias(Convolution way, boolean inHalf) {
    return inHalf ? "h" + numberInHalf(way.bias()) : "w" + number(way.bias());
  }

  private Value made(Convolution way, boolean inHalf, String text, Shape shape, Value... operands) {
    String w = inHalf ? "h" + numberInHalf(way.weight()) : "w" + number(way.weight());
    String b = way.isBiased() ? bias(way, inHalf) : "None";
    return lines.learned(Call.of(way.filled(text, w, b)), shape, operands);
  }

  @Override
  public Value layerNorm(Op.LayerNorm op, Value given) {
    return norms.layer(op, given);
  }

  @Override
  public Value batchNorm(Op.BatchNorm op, Value given) {
    return norms.batch(op, given);
  }

  @Override
  public Value dropout(Op.Dropout op, Value x) {
    if (!trains) {
      return x;
    }
    Value mask = masks.of(op, x);
    return tape.record(
        algebra.times(x, mask), g -> tape.add(x, algebra.times(algebra.full(g, x), mask)));
  }

  // Shapes.

  @Override
  public Value reshape(Op.Reshape op, Value x) {
    if (x.shape().equals(op.shape())) {
      return x;
    }
    Value tensor = tensor(x);
    return tape.record(
        reshaped(tensor, op.shape()),
        g -> tape.add(tensor, isSmall(g) ? g : reshaped(g, tensor.shape())));
  }

  private Value reshaped(Value x, Shape shape) {
    return halves.through(x, values -> algebra.reshaped(values, shape));
  }

  @Override
  public Value concat(Op.Concat op, List<Value> parts) {
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
  @Override
  public Value pad(Op.Pad op, Value x) {
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

  @Override
  public Value slice(Op.Slice op, Value x) {
    Value part = algebra.slice(x, op.axis(), op.from(), op.to());
    return tape.record(
        part, g -> tape.addPart(x, op.axis(), op.from(), op.to(), algebra.full(g, part)));
  }

  // Arithmetic.

  @Override
  public Value plus(Value a, Shape shapeOfA, Value b, Shape shapeOfB) {
    Value sum = algebra.plus(a, b);
    return tape.record(
        sum,
        g -> {
          tape.add(a, reduced(g, sum, a));
          tape.add(b, reduced(g, sum, b));
        });
  }

  @Override
  public Value times(Value a, Shape shapeOfA, Value b, Shape shapeOfB) {
    Value product = algebra.times(a, b);
    return tape.record(
        product,
        g -> {
          tape.add(a, reduced(algebra.times(g, b), product, a));
          tape.add(b, reduced(algebra.times(g, a), product, b));
        });
  }

  /** What is left of a gradient for a figure that met every element. */
  private Value reduced(Value gradient, Value result, Value operand) {
    return operand.shape().equals(result.shape())
        ? gradient
        : algebra.sumOver(gradient, result.shape());
  }

  @Override
  public Value affine(Op.Affine op, Value x) {
    Value factor = algebra.constant(op.factor());
    Value y = algebra.plus(algebra.times(x, factor), algebra.constant(op.summand()));
    return tape.record(y, g -> tape.add(x, algebra.times(g, factor)));
  }

  @Override
  public Value elementwise(Op.Elementwise op, Value x) {
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

  // Reductions.

  @Override
  public Value reduce(Op.Reduce op, Value x, Shape shapeOfX) {
    if (shapeOfX.rank() == 0) {
      return x;
    }
    return switch (op.kind()) {
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
    return tape.record(
        y,
        g -> {
          Value share = algebra.plus(x, algebra.times(y, algebra.constant(-1)));
          Call exp = Call.of("torch.exp({0})", "{0}.exp_()");
          tape.add(x, algebra.times(g, lines.make(exp, x.shape(), share)));
        });
  }

  @Override
  public Value outer(Value a, Value b) {
    Shape shape = Shape.of(a.shape().dimension(0), b.shape().dimension(0));
    Value y = lines.make(Call.of("{0}.unsqueeze(2) * {1}.unsqueeze(1)"), shape, a, b);
    return tape.record(
        y,
        gradient -> {
          Value g = algebra.full(gradient, y);
          String product = ", {1}.unsqueeze(2)).squeeze(2)";
          Call rows = Call.of("torch.matmul({0}" + product);
          Call columns = Call.of("torch.matmul({0}.transpose(1, 2)" + product);
          tape.add(a, lines.make(rows, a.shape(), g, b));
          tape.add(b, lines.make(columns, b.shape(), g, a));
        });
  }

  @Override
  public Value detach(Value x) {
    return x.learns() ? lines.unlearned(x) : x;
  }

  @Override
  public Value gate(Value x) {
    Value y = lines.make(Call.view("{0}.view_as({0})"), x.shape(), x);
    return tape.record(y, g -> tape.add(x, gateWeight == null ? g : algebra.times(g, gateWeight)));
  }

  // Over the batch.

  @Override
  public Value batchSize() {
    return groups.batchSize();
  }

  // Every example has its share in all of the means, and each has the same.
  @Override
  public Value batchMean(Value x) {
    return tape.record(groups.mean(x), g -> tape.add(x, groups.mean(g)));
  }

  @Override
  public Value repeat(Op.Repeat op, Value x) {
    String rows = Groups.rows(op.population());
    return tape.record(groups.repeated(x, rows), g -> tape.add(x, groups.sum(g, rows)));
  }

  @Override
  public Value others(Value x) {
    return tape.record(groups.seconds(x), g -> tape.add(x, groups.sumOfSeconds(g)));
  }

  @Override
  public Value samples(Op.Samples op, Value x) {
    Value y = groups.samples(x, op.count());
    return tape.record(y, g -> tape.add(x, groups.joined(algebra.full(g, y), x.shape())));
  }

  @Override
  public Value pairing(Op.Pairing op) {
    return groups.pairing(op.distance());
  }

  @Override
  public Value over(Op.Over op, Value x, Shape shapeOfX) {
    return switch (op.kind()) {
      case SUM -> sumOver(x);
      case MEAN -> {
        Value share = groups.share(x.rows());
        Value mean = algebra.times(groups.sum(x, x.rows()), share);
        yield tape.record(
            mean, g -> tape.add(x, groups.repeated(algebra.times(g, share), x.rows())));
      }
      case LOG_SUM_EXP -> logSumExpOver(x);
    };
  }

  private Value sumOver(Value x) {
    return tape.record(groups.sum(x, x.rows()), g -> tape.add(x, groups.repeated(g, x.rows())));
  }

  private Value logSumExpOver(Value x) {
    Value y = groups.logSumExp(x);
    return tape.record(
        y,
        g -> {
          Value least = algebra.times(groups.repeated(y, x.rows()), algebra.constant(-1));
          Call exp = Call.of("torch.exp({0})", "{0}.exp_()");
          Value share = lines.make(exp, x.shape(), algebra.plus(x, least));
          tape.add(x, algebra.times(groups.repeated(g, x.rows()), share));
        });
  }

  // What the rules share.

  private Value tensor(Value x) {
    return x.isNumber() ? algebra.full(x, Value.EXAMPLES, Shape.of()) : x;
  }

  private static boolean isSmall(Value gradient) {
    return gradient.isNumber() || gradient.shape().rank() == 0;
  }

  private static List<Parameter> parameters(List<Op.Linear> row, int index) {
    return row.stream().map(linear -> linear.parameters().get(index)).toList();
  }

  /** The number in the names of {@code piece}. */
  int number(Piece piece) {
    return pieces.computeIfAbsent(piece, none -> pieces.size());
  }

  private int numberInHalf(Piece piece) {
    halves.reads(piece);
    return number(piece);
  }

  private void storeSum(Piece piece, Value g) {
    String ones = g.rows().equals(Value.EXAMPLES) ? "ones" : "torch.ones([" + g.rows() + "])";
    store(piece, "g%d.addmv_({0}.t(), " + ones + ", beta=0.0, alpha=c)", g);
  }

  /** Sets a gradient by {@code text}, in which %d is the number of {@code piece}. */
  void store(Piece piece, String text, Value... operands) {
    learning.add(piece);
    lines.change(text.formatted(number(piece)), operands);
  }
}
