package example.tiny;

import dev.elbow.api.network.Posterior;
import dev.elbow.api.network.Tensor;
import dev.elbow.api.plugin.Encoder;
import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.Options;
import java.util.List;

/** One hidden layer, or a failure. */
public final class TinyEncoder implements Encoder {
  @Override
  public String name() {
    return "tiny";
  }

  @Override
  public String description() {
    return "One hidden layer.";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.whole("hidden", 1, 1_000_000_000, 16, "Units of the hidden layer."),
        Option.choice("failure", List.of("none", "throws", "layer", "shape"), "How it fails."));
  }

  @Override
  public Posterior describe(Tensor images, int latent, Options options) {
    Tensor h = images.flatten().linear("hidden", options.count("hidden")).relu();
    return switch (options.text("failure")) {
      case "throws" -> throw new IllegalStateException("no idea");
      case "layer" -> new Posterior(images.conv2d("wide", 1, 99, 1, 0), h);
      case "shape" -> new Posterior(h, h);
      default -> new Posterior(h.linear("mu", latent), h.linear("logvar", latent));
    };
  }
}
