package dev.elbow.testkit;

import dev.elbow.api.Vae;
import dev.elbow.api.network.Shape;
import dev.elbow.api.plugin.Decoder;
import dev.elbow.api.plugin.Objective;
import dev.elbow.api.plugin.Options;

/** What every decoder keeps. Extend it, return the plugin, inherit the tests. */
public abstract class DecoderContract extends NetworkContract<Decoder> {
  /** For subclasses. */
  protected DecoderContract() {
    super(Decoder.class, "decoder.");
  }

  @Override
  final Vae vae(Shape image, int latent, Options options, Vae.Part<Objective> objective) {
    return Vae.describe(
        image,
        CLASSES,
        latent,
        PlainModels.encoder(),
        new Vae.Part<>(plugin(), options),
        objective);
  }
}
