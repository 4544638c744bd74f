package dev.elbow.testkit;

import dev.elbow.api.Vae;
import dev.elbow.api.network.Shape;
import dev.elbow.api.plugin.Encoder;
import dev.elbow.api.plugin.Objective;
import dev.elbow.api.plugin.Options;

/** What every encoder keeps. Extend it, return the plugin, inherit the tests. */
public abstract class EncoderContract extends NetworkContract<Encoder> {
  /** For subclasses. */
  protected EncoderContract() {
    super(Encoder.class, "encoder.");
  }

  @Override
  final Vae vae(Shape image, int latent, Options options, Vae.Part<Objective> objective) {
    return Vae.describe(
        image,
        CLASSES,
        latent,
        new Vae.Part<>(plugin(), options),
        PlainModels.decoder(),
        objective);
  }
}
