package dev.elbow.trainer.program;

import dev.elbow.api.network.Graph;
import dev.elbow.api.network.Op;
import dev.elbow.api.network.Population;
import dev.elbow.api.network.Rules;
import dev.elbow.api.network.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The table of rules: for each operation of the language what it computes, and beside it how its
 * gradient reaches what it was applied to; rules that share an idea stand in a class of their own.
 * Gradients are those of the sum over the batch; what is stored of them is divided by the batch,
 * {@code c = 1 / b}, which costs a product nothing.
 */
final class StepRules implements Rules<Value> {
  private final Lines lines = new Lines();
  private final Algebra algebra = new Algebra(lines);
  private final Tape tape = new Tape(algebra);
  private final Groups groups = new Groups(lines, algebra);
  private final Reductions reductions = new Reductions(lines, algebra, tape, groups);
  private final boolean trains;
  private final Halves halves;
  private final Weights weights;
  private final Linears linears;
  private final Convolutions convolutions;
  private final Norms norms;
  private final Masks masks;
  private final Axes axes;
  private final Functions functions;
  private final List<String> scheduled = new ArrayList<>();
  private Optional<Value> gateWeight = Optional.empty();

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
    this.halves = new Halves(lines, inHalves);
    this.weights = new Weights(lines, tape, halves);
    this.linears = new Linears(lines, algebra, tape, weights, halves, graph);
    this.convolutions = new Convolutions(lines, algebra, tape, weights, halves);
    this.norms = new Norms(lines, algebra, tape, weights, trains);
    this.masks = new Masks(lines, graph);
    this.axes = new Axes(lines, algebra, tape, halves);
    this.functions = new Functions(lines, algebra, tape, halves);
  }

  Lines lines() {
    return lines;
  }

  Halves halves() {
    return halves;
  }

  Weights weights() {
    return weights;
  }

  /** The names of the scheduled figures in the order in which the program is given them. */
  List<String> scheduledNames() {
    return scheduled;
  }

  /**
   * Adds the gradients of the sum of {@code figure} over the batch for the parameters of {@code
   * network}.
   *
   * @param weight of gates; empty where gradients flow through them as they are
   */
  void differentiate(Network network, Value figure, Optional<Value> weight) {
    gateWeight = weight;
    tape.play(network, figure);
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

  @Override
  public Value linear(Op.Linear op, Value x) {
    return linears.linear(op, x);
  }

  @Override
  public Value conv2d(Op.Conv2d op, Value x) {
    return convolutions.conv2d(op, x);
  }

  @Override
  public Value convTranspose2d(Op.ConvTranspose2d op, Value x) {
    return convolutions.convTranspose2d(op, x);
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
    return axes.reshape(op, x);
  }

  @Override
  public Value concat(Op.Concat op, List<Value> parts) {
    return axes.concat(op, parts);
  }

  @Override
  public Value pad(Op.Pad op, Value x) {
    return axes.pad(op, x);
  }

  @Override
  public Value slice(Op.Slice op, Value x) {
    return axes.slice(op, x);
  }

  @Override
  public Value spread(Op.Spread op, Value x) {
    return axes.spread(op, x);
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
    return functions.of(op, x);
  }

  @Override
  public Value reduce(Op.Reduce op, Value x, Shape shapeOfX) {
    return reductions.ofValues(op.kind(), x, shapeOfX);
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
    return tape.record(
        y, g -> tape.add(x, gateWeight.map(weight -> algebra.times(g, weight)).orElse(g)));
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
  public Value joined(Op.Joined op, Value x, Shape shapeOfX) {
    Value rows = algebra.full(x, Groups.rows(Population.samples(op.count())), shapeOfX);
    Value y = groups.joined(rows, shapeOfX.repeated(op.count()));
    return tape.record(y, g -> tape.add(x, groups.samples(algebra.full(g, y), op.count())));
  }

  @Override
  public Value batchOrder(Value x, Value keys) {
    if (x.isNumber()) {
      return x;
    }
    Value order = groups.order(keys);
    return tape.record(
        groups.taken(x, order), g -> tape.add(x, groups.givenBack(algebra.full(g, x), order)));
  }

  @Override
  public Value pairing(Op.Pairing op) {
    return groups.pairing(op.distance());
  }

  @Override
  public Value over(Op.Over op, Value x, Shape shapeOfX) {
    return reductions.ofGroups(op.kind(), x);
  }
}
