package dev.elbow.api.network;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The shape of one example, without the batch dimension. An image is {@code [channels, height,
 * width]}, a code {@code [latent]}, a figure per example {@code []}. Immutable.
 *
 * @param dimensions each at least 1
 */
public record Shape(List<Integer> dimensions) {
  public Shape {
    dimensions = List.copyOf(dimensions);
    if (dimensions.stream().anyMatch(d -> d < 1)) {
      throw new IllegalArgumentException("every dimension must be at least 1, got " + dimensions);
    }
  }

  /** The shape with these dimensions; none gives the shape of a single figure. */
  public static Shape of(int... dimensions) {
    return new Shape(Arrays.stream(dimensions).boxed().toList());
  }

  /** How many dimensions: 0 for a single figure. */
  public int rank() {
    return dimensions.size();
  }

  /** The size of dimension {@code axis}, counted from 0. */
  public int dimension(int axis) {
    return dimensions.get(axis);
  }

  /** How many values one example has. */
  public long size() {
    return dimensions.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
  }

  /** The same shape with {@code size} in place of dimension {@code axis}. */
  public Shape with(int axis, int size) {
    int[] changed = toArray();
    changed[axis] = size;
    return of(changed);
  }

  /** The shape of {@code count} of these as one: {@code count} before the dimensions. */
  public Shape repeated(int count) {
    return of(IntStream.concat(IntStream.of(count), IntStream.of(toArray())).toArray());
  }

  /** A new array of the dimensions. */
  public int[] toArray() {
    return dimensions.stream().mapToInt(Integer::intValue).toArray();
  }

  /** As people write it: {@code [1, 28, 28]}. */
  @Override
  public String toString() {
    return dimensions.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
  }
}
