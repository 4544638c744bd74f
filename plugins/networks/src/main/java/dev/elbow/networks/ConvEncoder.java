package dev.elbow.networks;

import dev.elbow.api.network.Conditions;
import dev.elbow.api.network.Posterior;
import dev.elbow.api.network.Tensor;
import dev.elbow.api.plugin.Encoder;
import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.Options;
import java.util.List;
import java.util.stream.Stream;

/**
 * Strided convolutions, then fully connected layers: by default the encoder of Burgess et al. 2018
 * (“Understanding disentangling in β-VAE”) with 256 units in one layer.
 */
public final class ConvEncoder implements Encoder {
  private static final List<Option> OPTIONS =
      Stream.of(
              Stream.of(
                  Strides.channels(
                      List.of(32, 32, 64, 64),
                      "Channels of the convolutions, from the image to the code.")),
              Strides.OPTIONS.stream(),
              Stream.of(
                  HiddenLayers.option(
                      "dense", 256, "Sizes of the fully connected layers that follow.")),
              Block.options("Whether convolutions are followed by two that add to their output.")
                  .stream())
          .flatMap(options -> options)
          .toList();

  @Override
  public String name() {
    return "conv";
  }

  @Override
  public String description() {
    return "Strided convolutions, then fully connected layers.";
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
    Strides strides = Strides.of(options);
    int[] channels = options.counts("channels");
    Tensor h = KnownLabel.beside(images, conditions, options);
    for (int i = 0; i < channels.length; i++) {
      String name = "conv" + (i + 1);
      Tensor out = strides.conv2d(h, name, channels[i], block.isBiased());
      h = block.residual(block.after(out, name), name);
    }
    h = HiddenLayers.on(h.flatten(), options.counts("dense"), block);
    return block.posterior(h, latent);
  }
}
