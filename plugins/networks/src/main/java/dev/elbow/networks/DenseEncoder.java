package dev.elbow.networks;

import dev.elbow.api.network.Posterior;
import dev.elbow.api.network.Tensor;
import dev.elbow.api.plugin.Encoder;
import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.Options;
import java.util.List;

/** Fully connected layers from all pixels to the code. */
public final class DenseEncoder implements Encoder {
  private static final List<Option> OPTIONS =
      List.of(
          HiddenLayers.option(
              "hidden", 400, "Sizes of the hidden layers, from the image to the code."),
          Activation.OPTION);

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
    Tensor h = HiddenLayers.on(images.flatten(), options.counts("hidden"), Activation.of(options));
    return new Posterior(h.linear("mu", latent), h.linear("logvar", latent));
  }
}
