package dev.elbow.api;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/**
 * Numbers that never change, eight bytes each: as objects, those of the trials that a coordinator
 * remembers would take half of its memory.
 */
final class Doubles extends AbstractList<Double> implements RandomAccess {
  private final double[] numbers;

  private Doubles(double[] numbers) {
    this.numbers = numbers;
  }

  /** Throws {@link NullPointerException} if one is null. */
  static List<Double> copyOf(List<Double> numbers) {
    return numbers instanceof Doubles
        ? numbers
        : new Doubles(numbers.stream().mapToDouble(Double::doubleValue).toArray());
  }

  @Override
  public Double get(int index) {
    return numbers[index];
  }

  @Override
  public int size() {
    return numbers.length;
  }
}
