package example.tiny;

import dev.elbow.api.network.Shape;
import dev.elbow.api.network.Tensor;
import dev.elbow.api.plugin.Decoder;
import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.Options;
import java.util.List;

/** One hidden layer. */
public final class TinyDecoder implements Decoder {
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
    return List.of(Option.whole("hidden", 1, 1_000_000_000, 16, "Units of the hidden layer."));
  }

  @Override
  public Tensor describe(Tensor z, Shape image, Options options) {
    Tensor h = z.linear("hidden", options.count("hidden")).relu();
    return h.linear("out", Math.toIntExact(image.size())).reshape(image.toArray());
  }
}
