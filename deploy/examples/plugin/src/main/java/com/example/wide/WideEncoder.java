package com.example.wide;

import dev.elbow.api.network.Posterior;
import dev.elbow.api.network.Tensor;
import dev.elbow.api.plugin.Encoder;
import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.Options;
import java.util.List;

/** One hidden layer beside the pixels themselves: both lead to the code. */
public final class WideEncoder implements Encoder {
  @Override
  public String name() {
    return "wide";
  }

  @Override
  public String description() {
    return "One hidden layer, and a way past it.";
  }

  @Override
  public List<Option> options() {
    return List.of(Option.whole("width", 1, 65_536, 256, "Units of the hidden layer."));
  }

  @Override
  public Posterior describe(Tensor images, int latent, Options options) {
    Tensor pixels = images.flatten();
    Tensor h = pixels.linear("hidden", options.count("width")).relu().concat(0, pixels);
    return new Posterior(h.linear("mu", latent), h.linear("logvar", latent));
  }
}
