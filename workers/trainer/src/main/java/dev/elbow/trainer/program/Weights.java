package dev.elbow.trainer.program;

import dev.elbow.api.network.Shape;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The memory of weights and of their gradients, as far as rules name it: piece number n is {@code
 * wn} in a program, its gradient {@code gn}; in bf16 they are {@code hn} and {@code kn}.
 */
final class Weights {
  private final Lines lines;
  private final Tape tape;
  private final Halves halves;
  private final Map<Piece, Integer> pieces = new LinkedHashMap<>();
  private final Set<Piece> learning = new LinkedHashSet<>();

  Weights(Lines lines, Tape tape, Halves halves) {
    this.lines = lines;
    this.tape = tape;
    this.halves = halves;
  }

  /** Every piece that has a name, in the order of their numbers. */
  List<Piece> pieces() {
    return List.copyOf(pieces.keySet());
  }

  /** Those of them that have a gradient. */
  Set<Piece> learning() {
    return learning;
  }

  /** The number in the names of {@code piece}. */
  int number(Piece piece) {
    return pieces.computeIfAbsent(piece, none -> pieces.size());
  }

  /** The same of one that is read in bf16. */
  int numberInHalf(Piece piece) {
    halves.reads(piece);
    return number(piece);
  }

  /** What {@code call}, in which {@code piece} is named, gives. */
  Value read(Piece piece, Call call, Shape shape, Value... operands) {
    return lines.learned(call, Network.of(piece), shape, operands);
  }

  /** Whether it is the network of {@code piece} that gradients are passed to. */
  boolean learns(Piece piece) {
    return tape.learner() == Network.of(piece);
  }

  /**
   * Sets a gradient by {@code text}, in which %d is the number of {@code piece}, unless another
   * network is learning.
   */
  void store(Piece piece, String text, Value... operands) {
    if (learns(piece)) {
      learning.add(piece);
      lines.change(text.formatted(number(piece)), operands);
    }
  }

  /** As {@link #store}, where the gradient is left in bf16. */
  void storeHalf(Piece piece, String text, Value... operands) {
    if (learns(piece)) {
      halves.leaves(piece);
      store(piece, text, operands);
    }
  }

  /** The gradient of what was added to each row. */
  void storeSum(Piece piece, Value g) {
    String ones = g.rows().equals(Value.EXAMPLES) ? "ones" : "torch.ones([" + g.rows() + "])";
    store(piece, "g%d.addmv_({0}.t(), " + ones + ", beta=0.0, alpha=c)", g);
  }
}
