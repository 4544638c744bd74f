package dev.elbow.api.network;

/**
 * What an objective is made of, per example. Where an objective asks for several samples ({@link
 * dev.elbow.api.plugin.Objective#samples}), {@code logits}, {@code z} and {@code reconstruction}
 * are there for each of them; to meet one of these, another value is {@link Tensor#repeated}.
 *
 * @param x the image, {@code [channels, height, width]}, each value in [0, 1]
 * @param logits what the decoder gives, in the shape of the image
 * @param mu mean of the posterior, {@code [latent]}
 * @param logvar log variance of the posterior, {@code [latent]}
 * @param z one sample of the posterior, {@code [latent]}
 * @param reconstruction −log p(x | z) in nats, {@code []}
 * @param klPerDimension KL of each dimension in nats, {@code [latent]}
 * @param kl KL(q(z | x) ‖ N(0, 1)) in nats, {@code []}
 * @param conditions what the networks were told beside the image
 */
public record ObjectiveTerms(
    Tensor x,
    Tensor logits,
    Tensor mu,
    Tensor logvar,
    Tensor z,
    Tensor reconstruction,
    Tensor klPerDimension,
    Tensor kl,
    Conditions conditions) {

  /** Of networks that were told nothing beside the image. */
  public ObjectiveTerms(
      Tensor x,
      Tensor logits,
      Tensor mu,
      Tensor logvar,
      Tensor z,
      Tensor reconstruction,
      Tensor klPerDimension,
      Tensor kl) {
    this(x, logits, mu, logvar, z, reconstruction, klPerDimension, kl, Conditions.NONE);
  }

  /** The same, with {@code prefix} for the names of the layers that are built on any of them. */
  public ObjectiveTerms rescoped(String prefix) {
    return new ObjectiveTerms(
        x.rescoped(prefix),
        logits.rescoped(prefix),
        mu.rescoped(prefix),
        logvar.rescoped(prefix),
        z.rescoped(prefix),
        reconstruction.rescoped(prefix),
        klPerDimension.rescoped(prefix),
        kl.rescoped(prefix),
        conditions.rescoped(prefix));
  }
}
