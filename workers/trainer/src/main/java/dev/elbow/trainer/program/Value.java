package dev.elbow.trainer.program;

import dev.elbow.api.network.Shape;
import java.util.List;
import java.util.Set;

/**
 * A value of a step: a call and what it is applied to. Values are compared by identity; {@link
 * Lines} makes one value of equal calls.
 *
 * @param rows how many of {@code shape} there are, as TorchScript writes it: {@code b} for one of
 *     each example
 * @param shape of one example; that of a number is {@code []}
 * @param learners the networks that have a parameter which it depends on, so that gradients flow
 *     through it
 */
record Value(
    Call call, List<Value> operands, String rows, Shape shape, Set<Network> learners, int line) {
  /** One of each example. */
  static final String EXAMPLES = "b";

  Value {
    learners = Set.copyOf(learners);
  }

  /** Whether it depends on a parameter. */
  boolean learns() {
    return !learners.isEmpty();
  }

  boolean isNumber() {
    return isConstant() || call.memory() == Call.Memory.NUMBER;
  }

  /** Whether it stands for itself wherever it is used, without a line that makes it. */
  boolean isOnlyNamed() {
    return isConstant() || call.memory() == Call.Memory.GIVEN;
  }

  boolean is(Call other) {
    return call.equals(other);
  }

  Value operand(int index) {
    return operands.get(index);
  }

  /** Whether it is a number that is known while the program is written. */
  boolean isConstant() {
    return call.memory() == Call.Memory.CONSTANT;
  }

  boolean isConstant(double value) {
    return call.equals(Call.constant(value));
  }

  /** The value whose memory this one lies in. */
  Value owner() {
    return call.memory() == Call.Memory.OF_OPERAND ? operand(0).owner() : this;
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
