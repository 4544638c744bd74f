package dev.elbow.api;

import dev.elbow.api.network.Adversary;
import dev.elbow.api.network.Condition;
import dev.elbow.api.network.Conditions;
import dev.elbow.api.network.Graph;
import dev.elbow.api.network.Likelihood;
import dev.elbow.api.network.ObjectiveTerms;
import dev.elbow.api.network.Op;
import dev.elbow.api.network.Parameter;
import dev.elbow.api.network.Posterior;
import dev.elbow.api.network.Shape;
import dev.elbow.api.network.Tensor;
import dev.elbow.api.plugin.Decoder;
import dev.elbow.api.plugin.Encoder;
import dev.elbow.api.plugin.Objective;
import dev.elbow.api.plugin.Plugin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * A whole variational autoencoder, described: from an image {@code x} and noise {@code eps} to the
 * losses (Kingma and Welling 2014). Each field is a value of one traced description, so that a back
 * end can compute any of them from any others. Immutable.
 *
 * @param x images, {@code [channels, height, width]}, in [0, 1]
 * @param eps standard normal noise, {@code [latent]}
 * @param mu mean of the posterior, {@code [latent]}
 * @param logvar log variance of the posterior, {@code [latent]}
 * @param z {@code mu + exp(logvar / 2) · eps}, {@code [latent]} (section 2.4)
 * @param logits what the decoder gives, in the shape of {@code x}
 * @param xHat mean of the likelihood, in the shape of {@code x}
 * @param reconstruction −log p(x | z) in nats, {@code []}
 * @param klPerDimension KL to the standard normal prior in nats, {@code [latent]} (appendix B)
 * @param kl its sum, {@code []}
 * @param objective what training minimises, {@code []}; with an adversary its penalty is in it
 * @param likelihood how logits are read
 * @param training what training computes: objective, reconstruction, kl, in this order, from as
 *     many codes as the objective asks for, and behind them the weight of gradients of codes, then
 *     loss and learning rate of an adversary, if the objective has these; holds every parameter
 * @param adversary the second network, if the objective has one
 */
public record Vae(
    Tensor x,
    Tensor eps,
    Tensor mu,
    Tensor logvar,
    Tensor z,
    Tensor logits,
    Tensor xHat,
    Tensor reconstruction,
    Tensor klPerDimension,
    Tensor kl,
    Tensor objective,
    Likelihood likelihood,
    Graph training,
    Optional<Adversary> adversary) {
  private static final String ENCODER = "encoder";
  private static final String DECODER = "decoder";

  /** Objective, reconstruction and kl. */
  private static final int FIGURES = 3;

  /** A model that is trained with one code of each image. */
  public Vae(
      Tensor x,
      Tensor eps,
      Tensor mu,
      Tensor logvar,
      Tensor z,
      Tensor logits,
      Tensor xHat,
      Tensor reconstruction,
      Tensor klPerDimension,
      Tensor kl,
      Tensor objective,
      Likelihood likelihood) {
    this(
        x,
        eps,
        mu,
        logvar,
        z,
        logits,
        xHat,
        reconstruction,
        klPerDimension,
        kl,
        objective,
        likelihood,
        Graph.of(objective, reconstruction, kl),
        Optional.empty());
  }

  /** A plugin together with the options that it is asked with. */
  public record Part<P>(P plugin, dev.elbow.api.plugin.Options options) {}

  /**
   * Puts a model together and checks that its parts fit.
   *
   * @param image the shape of the data's images
   * @param latent size of the code, at least 1
   * @throws dev.elbow.api.network.DescriptionException if a layer does not fit
   * @throws IllegalArgumentException if a part gives another shape than its contract says
   */
  public static Vae describe(
      Shape image,
      int latent,
      Part<Encoder> encoder,
      Part<Decoder> decoder,
      Part<Objective> objective) {
    return describe(image, 0, latent, encoder, decoder, objective);
  }

  /**
   * As above, for images of classes.
   *
   * @param classes how many there are; 0 if images have no labels
   */
  public static Vae describe(
      Shape image,
      int classes,
      int latent,
      Part<Encoder> encoder,
      Part<Decoder> decoder,
      Part<Objective> objective) {
    Shape code = Shape.of(latent);
    Conditions conditions = conditions(classes, objective);
    Tensor x = Tensor.input("x", image, ENCODER);
    Conditions seen = conditions.rescoped(ENCODER);
    Posterior posterior = encoder.plugin().describe(x, seen, latent, encoder.options());
    Tensor mu = checked(ENCODER, encoder.plugin().name(), "mu", posterior.mu(), code);
    Tensor logvar = checked(ENCODER, encoder.plugin().name(), "logvar", posterior.logvar(), code);
    requireRead(ENCODER, encoder.plugin(), seen, mu, logvar);
    Tensor eps = Tensor.input("eps", code, "");
    Tensor z = code(mu, logvar, eps).rescoped(DECODER);
    BiFunction<Tensor, Conditions, Tensor> decode =
        (given, known) -> decoded(decoder, given, known.rescoped(DECODER), image);
    return new Codes(x, eps, mu, logvar, z, conditions, decode).withLosses(objective);
  }

  private static Tensor decoded(
      Part<Decoder> decoder, Tensor z, Conditions conditions, Shape image) {
    Tensor logits = decoder.plugin().describe(z, conditions, image, decoder.options());
    requireRead(DECODER, decoder.plugin(), conditions, logits);
    return checked(DECODER, decoder.plugin().name(), "logits", logits, image);
  }

  // A network that does not know the weight would learn one compromise for all of them.
  private static void requireRead(
      String kind, Plugin plugin, Conditions conditions, Tensor... outputs) {
    if (conditions.beta().isPresent()
        && !Graph.of(outputs).order().contains(conditions.beta().get())) {
      throw new IllegalArgumentException(
          "%s '%s' does not read beta, which the objective trains it for many values of; dense and conv do"
              .formatted(kind, plugin.name()));
    }
  }

  /**
   * What networks are told beside images and codes, as new inputs: the label of data that have one,
   * and the weight of the KL term where the objective trains for many.
   *
   * @param classes how many classes the data have; 0 if they have no labels
   */
  public static Conditions conditions(int classes, Part<Objective> objective) {
    return Conditions.of(classes, objective.plugin().weights(objective.options()));
  }

  private static Tensor code(Tensor mu, Tensor logvar, Tensor eps) {
    return mu.plus(logvar.scale(0.5).exp().times(eps));
  }

  /**
   * The losses alone, over inputs in the place of what the networks give: whether an objective can
   * be described is told without the cost of describing networks.
   *
   * @throws dev.elbow.api.network.DescriptionException if a layer does not fit
   * @throws IllegalArgumentException if the objective cannot be described with its options
   */
  public static Vae losses(Shape image, int latent, Part<Objective> objective) {
    Shape code = Shape.of(latent);
    Tensor logits = Tensor.input("logits", image, "");
    return new Codes(
            Tensor.input("x", image, ""),
            Tensor.input("eps", code, ""),
            Tensor.input("mu", code, ""),
            Tensor.input("logvar", code, ""),
            Tensor.input("z", code, ""),
            conditions(0, objective),
            (z, known) ->
                z.population().samples() > 1 ? logits.repeated(z.population().samples()) : logits)
        .withLosses(objective);
  }

  /** Everything before the losses. */
  private record Codes(
      Tensor x,
      Tensor eps,
      Tensor mu,
      Tensor logvar,
      Tensor z,
      Conditions conditions,
      BiFunction<Tensor, Conditions, Tensor> decode) {

    Vae withLosses(Part<Objective> part) {
      Likelihood likelihood = part.plugin().likelihood(part.options());
      Tensor logits = decode.apply(z, conditions);
      Tensor reconstruction = likelihood.negativeLogLikelihood(logits, x);
      Tensor klPerDimension = mu.square().plus(logvar.exp()).minus(logvar).plus(-1).scale(0.5);
      Tensor kl = klPerDimension.sum();
      ObjectiveTerms one =
          new ObjectiveTerms(
              x, logits, mu, logvar, z, reconstruction, klPerDimension, kl, conditions);
      int samples = part.plugin().samples(part.options());
      ObjectiveTerms terms = samples == 1 ? one : several(one, samples, likelihood);
      Tensor own = part.plugin().describe(terms, part.options());
      checked("objective", part.plugin().name(), "the objective", own, Shape.of());
      Optional<Adversary> adversary =
          part.plugin().adversary(terms.rescoped(Adversary.SCOPE), part.options());
      Tensor objective = adversary.map(Adversary::penalty).map(own::plus).orElse(own);
      Tensor trained = samples == 1 ? reconstruction : terms.reconstruction().meanOver();
      return new Vae(
          x,
          eps,
          mu,
          logvar,
          z,
          logits,
          likelihood.mean(logits),
          reconstruction,
          klPerDimension,
          kl,
          objective,
          likelihood,
          Graph.of(trained(part, terms, adversary, objective, trained, kl)),
          adversary);
    }

    private static List<Tensor> trained(
        Part<Objective> part,
        ObjectiveTerms terms,
        Optional<Adversary> adversary,
        Tensor... figures) {
      List<Tensor> all = new ArrayList<>(List.of(figures));
      part.plugin().codeWeight(terms, part.options()).ifPresent(all::add);
      adversary.map(Adversary::outputs).ifPresent(all::addAll);
      return all;
    }

    // The first is that of one code, so that more of them change nothing about its noise.
    private ObjectiveTerms several(ObjectiveTerms one, int samples, Likelihood likelihood) {
      int latent = mu.shape().dimension(0);
      Tensor others = Tensor.noise("samples", Shape.of(samples - 1, latent));
      Tensor noise = eps.reshape(1, latent).concat(0, others).samples();
      Tensor codes = code(mu.repeated(samples), logvar.repeated(samples), noise);
      Tensor z = codes.gated().rescoped("decoder");
      Tensor logits = decode.apply(z, conditions.repeated(samples));
      Tensor reconstruction = likelihood.negativeLogLikelihood(logits, x.repeated(samples));
      return new ObjectiveTerms(
          x, logits, mu, logvar, z, reconstruction, one.klPerDimension(), one.kl(), conditions);
    }
  }

  /** The shape of an image. */
  public Shape image() {
    return x.shape();
  }

  /** The size of a code. */
  public int latent() {
    return z.shape().dimension(0);
  }

  /** The weight of gradients of codes, if the objective has one: an output of training. */
  public Optional<Tensor> codeWeight() {
    int behind = adversary.map(Adversary::outputs).map(List::size).orElse(0);
    return training.outputs().stream()
        .limit(training.outputs().size() - behind)
        .skip(FIGURES)
        .findFirst();
  }

  /** What makes up the trained model: parameters and buffers without those of an adversary. */
  public List<Parameter> model() {
    return training.state().stream().filter(parameter -> !Adversary.owns(parameter)).toList();
  }

  /** The noise of a training step, standard normal: {@code eps}, then what the objective adds. */
  public List<Tensor> noise() {
    Stream<Tensor> added =
        training.order().stream()
            .filter(value -> value.op() instanceof Op.Input && value != x && value != eps);
    return Stream.concat(Stream.of(eps), added).toList();
  }

  /** How many values the noise of one image has. */
  public int noiseSize() {
    return Math.toIntExact(noise().stream().mapToLong(value -> value.shape().size()).sum());
  }

  /**
   * What the networks and the objective read beside images and noise, in the order in which they
   * are given; empty for most models.
   */
  public List<Tensor> conditions() {
    return training.order().stream().filter(value -> value.op() instanceof Op.Given).toList();
  }

  /** How many values {@link #conditions} have for one image. */
  public int conditionSize() {
    return Math.toIntExact(conditions().stream().mapToLong(value -> value.shape().size()).sum());
  }

  /** The weights of the KL term that this is a model for, where there are many. */
  public Optional<Condition.Beta> weights() {
    return conditions().stream()
        .map(value -> ((Op.Given) value.op()).condition())
        .filter(Condition.Beta.class::isInstance)
        .map(Condition.Beta.class::cast)
        .findFirst();
  }

  /** What is left out in training, in the order in which it is drawn for an image. */
  public List<Tensor> dropouts() {
    return training.order().stream().filter(value -> value.op() instanceof Op.Dropout).toList();
  }

  /** How many values of one image may be left out. */
  public int dropoutSize() {
    return Math.toIntExact(dropouts().stream().mapToLong(Vae::valuesPerImage).sum());
  }

  private static long valuesPerImage(Tensor value) {
    return value.population().samples() * value.shape().size();
  }

  private static Tensor checked(
      String kind, String plugin, String what, Tensor value, Shape expected) {
    if (!value.shape().equals(expected)) {
      throw new IllegalArgumentException(
          "%s '%s': %s has shape %s, expected %s"
              .formatted(kind, plugin, what, value.shape(), expected));
    }
    return value;
  }
}
