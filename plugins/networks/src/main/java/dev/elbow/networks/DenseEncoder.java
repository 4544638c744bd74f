package dev.elbow.networks;

import dev.elbow.api.network.Conditions;
import dev.elbow.api.network.Posterior;
import dev.elbow.api.network.Tensor;
import dev.elbow.api.plugin.Encoder;
import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.Options;
import java.util.List;
import java.util.stream.Stream;

/** Fully connected layers from all pixels to the code. */
public final class DenseEncoder implements Encoder {
  private static final List<Option> OPTIONS =
      Stream.concat(
              Stream.of(
                  HiddenLayers.option(
                      "hidden", 400, "Sizes of the hidden layers, from the image to the code.")),
              Block.options("Whether a hidden layer adds to its input where sizes are equal.")
                  .stream())
          .toList();

  @Override
  public String name() {
    return "dense";
  }

  @Override
  public String description() {
    return "Fully connected layers from all pixels to the code.";
  }

  @Override
  public List<Option> options() {
    return OPTIONS;
  }

  @Override
  public Posterior describe(Tensor images, int latent, Options options) {
    return describe(images, Conditions.NONE, latent, options);
  }

  @Override
  public Posterior describe(Tensor images, Conditions conditions, int latent, Options options) {
    Block block = Block.of(options, conditions);
    Tensor x = KnownLabel.beside(images.flatten(), conditions, options);
    return block.posterior(HiddenLayers.on(x, options.counts("hidden"), block), latent);
  }
}
