package dev.elbow.networks;

import dev.elbow.api.network.Tensor;
import dev.elbow.api.plugin.Option;
import java.util.List;

/** Fully connected layers, named {@code hidden1}, {@code hidden2}, … */
final class HiddenLayers {
  private static final int MOST = 32;
  private static final int LARGEST = 65_536;

  private HiddenLayers() {}

  /** An option that holds their sizes; an empty list for no such layer. */
  static Option option(String name, int defaultSize, String meaning) {
    return Option.wholes(name, 0, MOST, 1, LARGEST, List.of(defaultSize), meaning);
  }

  /**
   * What comes out of the last layer's block.
   *
   * @param x flat
   * @param sizes of the layers in order
   */
  static Tensor on(Tensor x, int[] sizes, Block block) {
    Tensor h = x;
    for (int i = 0; i < sizes.length; i++) {
      h = block.linear(h, "hidden" + (i + 1), sizes[i]);
    }
    return h;
  }
}
