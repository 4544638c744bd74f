package dev.elbow.api.plugin;

import dev.elbow.api.network.Conditions;
import dev.elbow.api.network.Posterior;
import dev.elbow.api.network.Tensor;

/** Describes the network from an image to the posterior over its code. */
public interface Encoder extends Plugin {
  /**
   * The layers from {@code images} to a posterior of {@code latent} dimensions. Pure: equal
   * arguments give equal descriptions.
   *
   * @param images {@code [channels, height, width]}, each value in [0, 1]
   * @param latent size of the code, at least 1
   * @throws dev.elbow.api.network.DescriptionException where a layer does not fit
   */
  Posterior describe(Tensor images, int latent, Options options);

  /**
   * The same for a network that has use for more than the image; by default it has none.
   *
   * @param conditions what else is known of each image
   * @throws IllegalArgumentException if the options ask for something that is not known
   */
  default Posterior describe(Tensor images, Conditions conditions, int latent, Options options) {
    return describe(images, latent, options);
  }
}
