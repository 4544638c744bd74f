package dev.elbow.trainer.program;

import dev.elbow.api.network.Op;
import dev.elbow.api.network.Shape;

/** How a convolution, or its transpose, walks over an image, in the words of libtorch. */
record Convolution(Op op, int kernel, int stride, int padding, int outputPadding) {
  Piece weight() {
    return Piece.of(op.parameters().subList(0, 1));
  }

  boolean isBiased() {
    return op.parameters().size() > 1;
  }

  Piece bias() {
    return Piece.of(op.parameters().subList(1, 2));
  }

  Shape shrunk(int channels, Shape image) {
    return Shape.of(channels, shrunk(image.dimension(1)), shrunk(image.dimension(2)));
  }

  private int shrunk(int size) {
    return (size + 2 * padding - kernel) / stride + 1;
  }

  Shape grown(int channels, Shape image) {
    return Shape.of(channels, grown(image.dimension(1)), grown(image.dimension(2)));
  }

  private int grown(int size) {
    return (size - 1) * stride - 2 * padding + kernel + outputPadding;
  }

  /** {@code text} with its places filled: weight, bias, number of biases, kernel, … */
  String filled(String text, String weight, String bias) {
    return text.replace("%w", weight)
        .replace("%b", bias)
        .replace("%n", isBiased() ? bias().shape().toString() : "None")
        .replace("%k", both(kernel))
        .replace("%s", both(stride))
        .replace("%p", both(padding))
        .replace("%o", both(outputPadding));
  }

  /**
   * Which gradients libtorch is to compute.
   *
   * @param ofInput whether that of what goes in is passed on
   */
  String wanted(boolean ofInput) {
    return "[%s, True, %s]".formatted(word(ofInput), word(isBiased()));
  }

  private static String word(boolean value) {
    return value ? "True" : "False";
  }

  private static String both(int size) {
    return "[" + size + ", " + size + "]";
  }
}
