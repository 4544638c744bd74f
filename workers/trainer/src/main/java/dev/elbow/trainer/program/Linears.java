package dev.elbow.trainer.program;

import dev.elbow.api.network.Graph;
import dev.elbow.api.network.Op;
import dev.elbow.api.network.Parameter;
import dev.elbow.api.network.Shape;
import dev.elbow.api.network.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Fully connected layers: those on the same input are one product. */
final class Linears {
  private static final String SLOPE = "addmm_({0}.t(), {1}, beta=0.0, alpha=c)";

  private final Lines lines;
  private final Algebra algebra;
  private final Tape tape;
  private final Weights weights;
  private final Halves halves;
  private final Map<String, List<Op.Linear>> besides = new HashMap<>();

  /**
   * @param graph whose first output is minimised
   */
  Linears(Lines lines, Algebra algebra, Tape tape, Weights weights, Halves halves, Graph graph) {
    this.lines = lines;
    this.algebra = algebra;
    this.tape = tape;
    this.weights = weights;
    this.halves = halves;
    List<Tensor> reached = Graph.of(graph.outputs().get(0)).order();
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

  Value linear(Op.Linear op, Value x) {
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

  private static List<Parameter> parameters(List<Op.Linear> row, int index) {
    return row.stream().map(linear -> linear.parameters().get(index)).toList();
  }

  private Value product(Piece weight, Piece bias, Value x) {
    int w = weights.number(weight);
    int b = weights.number(bias);
    Call call = Call.of("torch.addmm(w%d, {0}, w%dt)".formatted(b, w));
    Value y = weights.read(weight, call, bias.shape(), x);
    return tape.record(
        y,
        gradient -> {
          Value g = algebra.full(gradient, y);
          weights.store(weight, "g%d." + SLOPE, g, x);
          weights.storeSum(bias, g);
          tape.add(x, lines.make(Call.of("torch.mm({0}, w%d)".formatted(w)), x.shape(), g));
        });
  }

  private Value product(Piece weight, Value x) {
    int w = weights.number(weight);
    Shape shape = Shape.of(weight.shape().dimension(0));
    Value y = weights.read(weight, Call.of("torch.mm({0}, w%dt)".formatted(w)), shape, x);
    return tape.record(
        y,
        gradient -> {
          Value g = algebra.full(gradient, y);
          weights.store(weight, "g%d." + SLOPE, g, x);
          tape.add(x, lines.make(Call.of("torch.mm({0}, w%d)".formatted(w)), x.shape(), g));
        });
  }

  private Value halfProduct(Piece weight, Value given) {
    int w = weights.numberInHalf(weight);
    Value x = halves.half(given);
    Shape shape = Shape.of(weight.shape().dimension(0));
    Value made = weights.read(weight, Call.of("torch.mm({0}, h%dt)".formatted(w)), shape, x);
    Value y = halves.single(made);
    return tape.record(
        y,
        gradient -> {
          Value g = halves.half(algebra.full(gradient, y));
          weights.storeHalf(weight, "k%d." + SLOPE, g, x);
          Call back = Call.of("torch.mm({0}, h%d)".formatted(w));
          tape.add(given, halves.single(lines.make(back, given.shape(), g)));
        });
  }

  private Value halfProduct(Piece weight, Piece bias, Value given) {
    int w = weights.numberInHalf(weight);
    int b = weights.numberInHalf(bias);
    Value x = halves.half(given);
    Call call = Call.of("torch.addmm(h%d, {0}, h%dt)".formatted(b, w));
    Value y = halves.single(weights.read(weight, call, bias.shape(), x));
    return tape.record(
        y,
        gradient -> {
          Value full = algebra.full(gradient, y);
          Value g = halves.half(full);
          weights.storeHalf(weight, "k%d." + SLOPE, g, x);
          storeBias(bias, full, g);
          Call back = Call.of("torch.mm({0}, h%d)".formatted(w));
          tape.add(given, halves.single(lines.make(back, given.shape(), g)));
        });
  }

  private void storeBias(Piece bias, Value full, Value half) {
    if (halves.isHalf(full)) {
      weights.store(bias, "torch.mul(torch.sum({0}, [0], dtype=6), c, out=g%d)", half);
    } else {
      weights.storeSum(bias, full);
    }
  }
}
