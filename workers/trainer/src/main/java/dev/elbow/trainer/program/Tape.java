package dev.elbow.trainer.program;

import dev.elbow.api.network.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Remembers how each value passes its gradient on, to be played backwards (Griewank and Walther,
 * "Evaluating Derivatives", 2008, chapter 3).
 *
 * <p>A gradient may be smaller than its value: a number or a figure of each example stands for as
 * many equal elements.
 */
final class Tape {
  /** A gradient of the elements from {@code from} to {@code to} along an axis. */
  private record Part(int axis, int from, int to, Value gradient) {}

  private final Algebra algebra;
  private final Map<Value, Consumer<Value>> backward = new LinkedHashMap<>();
  private final Map<Value, Value> gradients = new HashMap<>();
  private final Map<Value, List<Part>> parts = new HashMap<>();
  private Network learner = Network.MODEL;

  Tape(Algebra algebra) {
    this.algebra = algebra;
  }

  /**
   * Says what is to be done with the gradient of {@code result}, and returns {@code result}. An
   * operation that changes nothing passes nothing on.
   */
  Value record(Value result, Consumer<Value> passOn) {
    if (result.learns()) {
      backward.putIfAbsent(result, passOn);
    }
    return result;
  }

  /** The network whose parameters gradients are being passed to. */
  Network learner() {
    return learner;
  }

  /** Whether a gradient of {@code target} reaches a parameter that is being looked for. */
  boolean wants(Value target) {
    return target.learners().contains(learner);
  }

  /** Adds to the gradient of {@code target}. */
  void add(Value target, Value gradient) {
    if (wants(target)) {
      gradients.merge(target, gradient, algebra::plus);
    }
  }

  /** Adds to the gradient of some elements of {@code target}; {@code gradient} is not smaller. */
  void addPart(Value target, int axis, int from, int to, Value gradient) {
    if (wants(target)) {
      parts
          .computeIfAbsent(target, none -> new ArrayList<>())
          .add(new Part(axis, from, to, gradient));
    }
  }

  /**
   * Passes the gradients of the sum of {@code figure} over the batch on to the parameters of {@code
   * network}, from the last value to the first.
   */
  void play(Network network, Value figure) {
    learner = network;
    gradients.clear();
    parts.clear();
    add(figure, algebra.constant(1));
    List<Value> order = new ArrayList<>(backward.keySet());
    for (int i = order.size() - 1; i >= 0; i--) {
      Value value = order.get(i);
      joinParts(value);
      if (gradients.containsKey(value)) {
        backward.get(value).accept(gradients.get(value));
      }
    }
  }

  private void joinParts(Value value) {
    List<Part> left = new ArrayList<>(parts.getOrDefault(value, List.of()));
    left.sort((a, b) -> Integer.compare(a.from, b.from));
    while (!left.isEmpty()) {
      add(value, joined(value, left));
    }
  }

  /** Takes as many parts as stand one after the other, and fills what is between them. */
  private Value joined(Value value, List<Part> left) {
    int axis = left.get(0).axis;
    int size = value.shape().dimension(axis);
    List<Value> row = new ArrayList<>();
    int end = 0;
    for (Part part : List.copyOf(left)) {
      if (part.axis == axis && part.from >= end) {
        fill(row, value, axis, part.from - end);
        row.add(part.gradient);
        end = part.to;
        left.remove(part);
      }
    }
    fill(row, value, axis, size - end);
    return row.size() == 1 ? row.get(0) : algebra.concat(axis, row, value.shape());
  }

  private void fill(List<Value> row, Value value, int axis, int size) {
    if (size > 0) {
      Shape shape = value.shape().with(axis, size);
      row.add(algebra.full(algebra.constant(0), value.rows(), shape));
    }
  }
}
