package dev.elbow.trainer.libtorch;

import dev.elbow.api.network.Shape;

/** Shapes of the description as libtorch wants them. */
final class Shapes {
  private Shapes() {}

  /** The shape itself. */
  static long[] plain(Shape shape) {
    return shape.dimensions().stream().mapToLong(Integer::longValue).toArray();
  }

  /** The shape of {@code batch} examples; -1 for as many as there are. */
  static long[] batched(long batch, Shape shape) {
    long[] sizes = new long[shape.rank() + 1];
    sizes[0] = batch;
    System.arraycopy(plain(shape), 0, sizes, 1, shape.rank());
    return sizes;
  }

  /** Figures so laid out that each meets all values of its example; -1 for as many as there are. */
  static long[] column(long batch, int rank) {
    long[] sizes = new long[rank + 1];
    java.util.Arrays.fill(sizes, 1);
    sizes[0] = batch;
    return sizes;
  }
}
