package dev.elbow.networks;

import dev.elbow.api.network.Conditions;
import dev.elbow.api.network.Shape;
import dev.elbow.api.network.Tensor;
import dev.elbow.api.plugin.Decoder;
import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Fully connected layers, then transposed convolutions through the sizes that an encoder with as
 * many convolutions goes through, backwards: 1-3-7-14-28 for an image of 28 pixels.
 */
public final class ConvDecoder implements Decoder {
  private static final List<Option> OPTIONS =
      Stream.of(
              Stream.of(
                  HiddenLayers.option(
                      "dense", 256, "Sizes of the fully connected layers that come first."),
                  Strides.channels(
                      List.of(64, 64, 32, 32),
                      "Channels that go into each transposed convolution, from the code to the"
                          + " image; the last gives the image's.")),
              Strides.OPTIONS.stream(),
              Block.options("Whether two convolutions add to what goes into each transposed one.")
                  .stream())
          .flatMap(options -> options)
          .toList();

  @Override
  public String name() {
    return "conv";
  }

  @Override
  public String description() {
    return "Fully connected layers, then transposed convolutions that mirror a conv encoder.";
  }

  @Override
  public List<Option> options() {
    return OPTIONS;
  }

  @Override
  public Tensor describe(Tensor z, Shape image, Options options) {
    return describe(z, Conditions.NONE, image, options);
  }

  @Override
  public Tensor describe(Tensor z, Conditions conditions, Shape image, Options options) {
    Block block = Block.of(options, conditions);
    Strides strides = Strides.of(options);
    int[] channels = options.counts("channels");
    List<Shape> sizes = mirrored(image, strides, channels.length);
    Shape first = sizes.get(0).with(0, channels[0]);
    Tensor x = KnownLabel.beside(z, conditions, options);
    Tensor h = HiddenLayers.on(x, options.counts("dense"), block);
    String name = "features";
    h = h.linear(name, Math.toIntExact(first.size()), block.isBiased()).reshape(first.toArray());
    for (int i = 0; i < channels.length; i++) {
      boolean last = i == channels.length - 1;
      int out = last ? image.dimension(0) : channels[i + 1];
      Tensor active = block.residual(block.after(h, name), name);
      name = "transposed" + (i + 1);
      h = strides.enlarge(active, name, sizes.get(i + 1).with(0, out), last || block.isBiased());
    }
    return h;
  }

  /** The shapes that the mirrored encoder goes through, the smallest first, the image last. */
  private static List<Shape> mirrored(Shape image, Strides strides, int layers) {
    List<Shape> sizes = new ArrayList<>(List.of(image));
    Tensor x = Tensor.input("image", image, "");
    for (int i = 1; i <= layers; i++) {
      x = strides.conv2d(x, "mirrored_conv" + i, 1, true);
      sizes.add(0, x.shape());
    }
    return sizes;
  }
}
