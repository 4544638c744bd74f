package dev.elbow.api.plugin;

import dev.elbow.api.network.Conditions;
import dev.elbow.api.network.Shape;
import dev.elbow.api.network.Tensor;

/** Describes the network from a code to an image. */
public interface Decoder extends Plugin {
  /**
   * The layers from {@code z} to the logits of an image: no final activation, the likelihood
   * applies its own. Pure: equal arguments give equal descriptions.
   *
   * @param z a code, {@code [latent]}
   * @param image the shape that the result must have
   * @throws dev.elbow.api.network.DescriptionException where a layer does not fit
   */
  Tensor describe(Tensor z, Shape image, Options options);

  /**
   * The same for a network that has use for more than the code; by default it has none.
   *
   * @param conditions what else is known of each image
   * @throws IllegalArgumentException if the options ask for something that is not known
   */
  default Tensor describe(Tensor z, Conditions conditions, Shape image, Options options) {
    return describe(z, image, options);
  }
}
