package dev.elbow.networks;

import dev.elbow.api.network.Shape;
import dev.elbow.api.network.Tensor;
import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.Options;
import java.util.List;

/**
 * How each convolution of a network walks over its image.
 *
 * @param kernel edge of the square kernel, in pixels
 * @param stride pixels from one step to the next
 * @param padding rows and columns of zeros on each side
 */
record Strides(int kernel, int stride, int padding) {
  private static final int MOST_LAYERS = 32;
  private static final int MOST_CHANNELS = 8192;

  /** The options that {@link #of} reads. */
  static final List<Option> OPTIONS =
      List.of(
          Option.whole("kernel", 1, 64, 4, "Edge of the square kernels, in pixels."),
          Option.whole("stride", 1, 16, 2, "Pixels from one step of a kernel to the next."),
          Option.whole("padding", 0, 32, 1, "Rows and columns of zeros on each side."));

  /** An option that holds the channels of the convolutions in order. */
  static Option channels(List<Integer> defaultValue, String meaning) {
    return Option.wholes("channels", 1, MOST_LAYERS, 1, MOST_CHANNELS, defaultValue, meaning);
  }

  static Strides of(Options options) {
    return new Strides(options.count("kernel"), options.count("stride"), options.count("padding"));
  }

  Tensor conv2d(Tensor x, String name, int channels, boolean isBiased) {
    return x.conv2d(name, channels, kernel, stride, padding, isBiased);
  }

  /**
   * A transposed convolution from the shape that {@link #conv2d} makes of {@code target} back to
   * {@code target}. Output padding makes up for the rows and columns that the kernel does not
   * reach; where height and width need different amounts, what is too much is cut off.
   */
  Tensor enlarge(Tensor x, String name, Shape target, boolean isBiased) {
    int rows = unreached(target.dimension(1));
    int columns = unreached(target.dimension(2));
    Tensor grown =
        x.convTranspose2d(
            name, target.dimension(0), kernel, stride, padding, Math.max(rows, columns), isBiased);
    return cut(cut(grown, 1, target.dimension(1)), 2, target.dimension(2));
  }

  private int unreached(int size) {
    return (size + 2 * padding - kernel) % stride;
  }

  private static Tensor cut(Tensor x, int axis, int size) {
    return x.shape().dimension(axis) == size ? x : x.slice(axis, 0, size);
  }
}
