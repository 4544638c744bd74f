package dev.elbow.trainer.engine;

import static java.util.Objects.requireNonNull;

import dev.elbow.api.Training;
import dev.elbow.api.Vae;

/**
 * What a session trains, and how.
 *
 * @param vae the model
 * @param training optimizer, weight decay, clipping and precision are read
 * @param start the weights to start from, all there are; moments may be missing where {@link
 *     ModelState#updates} is 0
 */
public record SessionSpec(Vae vae, Training training, ModelState start) {
  public SessionSpec {
    requireNonNull(vae, "vae is null");
    requireNonNull(training, "training is null");
    requireNonNull(start, "start is null");
  }
}
