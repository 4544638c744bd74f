package dev.elbow.networks;

import dev.elbow.api.network.Conditions;
import dev.elbow.api.network.Shape;
import dev.elbow.api.network.Tensor;
import dev.elbow.api.plugin.Decoder;
import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.Options;
import java.util.List;
import java.util.stream.Stream;

/** Fully connected layers from the code to all pixels. */
public final class DenseDecoder implements Decoder {
  private static final List<Option> OPTIONS =
      Stream.concat(
              Stream.of(
                  HiddenLayers.option(
                      "hidden", 400, "Sizes of the hidden layers, from the code to the image.")),
              Block.options("Whether a hidden layer adds to its input where sizes are equal.")
                  .stream())
          .toList();

  @Override
  public String name() {
    return "dense";
  }

  @Override
  public String description() {
    return "Fully connected layers from the code to all pixels.";
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
    Tensor x = KnownLabel.beside(z, conditions, options);
    Tensor h = HiddenLayers.on(x, options.counts("hidden"), block);
    return h.linear("output", Math.toIntExact(image.size())).reshape(image.toArray());
  }
}
