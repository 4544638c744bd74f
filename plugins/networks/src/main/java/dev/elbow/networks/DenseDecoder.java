package dev.elbow.networks;

import dev.elbow.api.network.Shape;
import dev.elbow.api.network.Tensor;
import dev.elbow.api.plugin.Decoder;
import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.Options;
import java.util.List;

/** Fully connected layers from the code to all pixels. */
public final class DenseDecoder implements Decoder {
  private static final List<Option> OPTIONS =
      List.of(
          HiddenLayers.option(
              "hidden", 400, "Sizes of the hidden layers, from the code to the image."),
          Activation.OPTION);

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
    Tensor h = HiddenLayers.on(z, options.counts("hidden"), Activation.of(options));
    return h.linear("output", Math.toIntExact(image.size())).reshape(image.toArray());
  }
}
