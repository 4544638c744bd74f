package dev.elbow.testkit;

import dev.elbow.api.Vae;
import dev.elbow.api.Vae.Part;
import dev.elbow.api.network.Condition;
import dev.elbow.api.network.Conditions;
import dev.elbow.api.network.Likelihood;
import dev.elbow.api.network.ObjectiveTerms;
import dev.elbow.api.network.Posterior;
import dev.elbow.api.network.Shape;
import dev.elbow.api.network.Tensor;
import dev.elbow.api.plugin.Decoder;
import dev.elbow.api.plugin.Encoder;
import dev.elbow.api.plugin.Objective;
import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.Options;
import dev.elbow.api.plugin.Plugin;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The simplest parts a model can have, to go with the one part that is tested. They have no options
 * and are not registered.
 */
public final class PlainModels {
  private PlainModels() {}

  /** Mean and variance as linear functions of the pixels. */
  public static Part<Encoder> encoder() {
    return new Part<>(new LinearEncoder(), none());
  }

  /** Logits as a linear function of the code. */
  public static Part<Decoder> decoder() {
    return new Part<>(new LinearDecoder(), none());
  }

  /** Reconstruction plus KL, Bernoulli. */
  public static Part<Objective> objective() {
    return new Part<>(new PlainElbo(), none());
  }

  /** Reconstruction plus KL times a weight that each example has for itself, Bernoulli. */
  public static Part<Objective> weights() {
    return new Part<>(new PlainWeights(), none());
  }

  /** A model of these parts. */
  public static Vae vae(Shape image, int latent) {
    return Vae.describe(image, latent, encoder(), decoder(), objective());
  }

  private static Options none() {
    return new Options(Map.of());
  }

  private interface Plain extends Plugin {
    @Override
    default String name() {
      return "plain";
    }

    @Override
    default String description() {
      return "As simple as can be.";
    }

    @Override
    default List<Option> options() {
      return List.of();
    }
  }

  /** The weight of the KL term goes in where there is one, as an objective for many needs it. */
  private static Tensor besideBeta(Tensor row, Conditions conditions) {
    return conditions.beta().map(beta -> row.concat(0, beta.log().reshape(1))).orElse(row);
  }

  private record LinearEncoder() implements Encoder, Plain {
    @Override
    public Posterior describe(Tensor images, int latent, Options options) {
      return describe(images, Conditions.NONE, latent, options);
    }

    @Override
    public Posterior describe(Tensor images, Conditions conditions, int latent, Options options) {
      Tensor x = besideBeta(images.flatten(), conditions);
      return new Posterior(x.linear("mu", latent), x.linear("logvar", latent));
    }
  }

  private record LinearDecoder() implements Decoder, Plain {
    @Override
    public Tensor describe(Tensor z, Shape image, Options options) {
      return describe(z, Conditions.NONE, image, options);
    }

    @Override
    public Tensor describe(Tensor z, Conditions conditions, Shape image, Options options) {
      return besideBeta(z, conditions)
          .linear("output", Math.toIntExact(image.size()))
          .reshape(image.toArray());
    }
  }

  private record PlainElbo() implements Objective, Plain {
    @Override
    public Likelihood likelihood(Options options) {
      return Likelihood.bernoulli();
    }

    @Override
    public Tensor describe(ObjectiveTerms terms, Options options) {
      return terms.reconstruction().plus(terms.kl());
    }
  }

  private record PlainWeights() implements Objective, Plain {
    @Override
    public Likelihood likelihood(Options options) {
      return Likelihood.bernoulli();
    }

    @Override
    public Optional<Condition.Beta> weights(Options options) {
      return Optional.of(new Condition.Beta(0.1, 10));
    }

    @Override
    public Tensor describe(ObjectiveTerms terms, Options options) {
      return terms.reconstruction().plus(terms.kl().times(terms.conditions().beta().orElseThrow()));
    }
  }
}
