package dev.elbow.trainer.onnx;

import dev.elbow.api.Vae;
import dev.elbow.api.network.Adversary;
import dev.elbow.api.network.Condition;
import dev.elbow.api.network.Conditions;
import dev.elbow.api.network.Graph;
import dev.elbow.api.network.Likelihood;
import dev.elbow.api.network.ObjectiveTerms;
import dev.elbow.api.network.Parameter;
import dev.elbow.api.network.Posterior;
import dev.elbow.api.network.Shape;
import dev.elbow.api.network.Tensor;
import dev.elbow.api.plugin.Decoder;
import dev.elbow.api.plugin.Encoder;
import dev.elbow.api.plugin.Objective;
import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.Options;
import dev.elbow.api.plugin.Plugin;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Small models and random values for them. */
public final class Models {
  private static final Options NONE = new Options(Map.of());

  private Models() {}

  /** Fully connected with {@code hidden} units. */
  public static Vae dense(Shape image, int hidden, int latent) {
    return Vae.describe(
        image,
        latent,
        part(new DenseEncoder(hidden)),
        part(new DenseDecoder(hidden)),
        part(new NegativeElbo()));
  }

  /** Fully connected with 16 hidden units, or convolutional. */
  public static Vae of(boolean convolutional, Likelihood likelihood, Shape image, int latent) {
    return Vae.describe(
        image,
        latent,
        part(convolutional ? new ConvolutionalEncoder() : new DenseEncoder(16)),
        part(convolutional ? new ConvolutionalDecoder() : new DenseDecoder(16)),
        part(new NegativeElbo(likelihood)));
  }

  /** As {@link #dense}, with batch norm and dropout on both sides. */
  public static Vae normalised(Shape image, int hidden, int latent) {
    UnaryOperator<Tensor> layer =
        x -> x.linear("hidden", hidden, false).batchNorm("norm").relu().dropout("dropout", 0.25);
    return Vae.describe(
        image,
        latent,
        part(new DenseEncoder(layer)),
        part(new DenseDecoder(layer)),
        part(new NegativeElbo()));
  }

  /** As {@link #dense}, set against a network of {@code hidden} units that judges its codes. */
  public static Vae adversarial(Shape image, int hidden, int latent) {
    return Vae.describe(
        image,
        latent,
        part(new DenseEncoder(hidden)),
        part(new DenseDecoder(hidden)),
        part(new Judged(hidden)));
  }

  /** Convolutions down to half the size and up again; height and width are even. */
  public static Vae convolutional(Shape image, int latent) {
    return Vae.describe(
        image,
        latent,
        part(new ConvolutionalEncoder()),
        part(new ConvolutionalDecoder()),
        part(new NegativeElbo()));
  }

  /**
   * Told the class of an image, one of four, and the weight of the KL term, by everything that the
   * language has for them; height and width are even.
   */
  public static Vae told(Shape image, int latent) {
    return Vae.describe(
        image,
        4,
        latent,
        part(new ToldEncoder()),
        part(new ToldDecoder()),
        part(new WeightedElbo()));
  }

  /** With an encoder that multiplies its codes by a scheduled figure. */
  public static Vae scheduled(Shape image, int latent) {
    return Vae.describe(
        image,
        latent,
        part(new ForbiddenEncoder(mu -> mu.times(WARMTH))),
        part(new DenseDecoder(4)),
        part(new NegativeElbo()));
  }

  /** With an encoder that subtracts what the codes of a batch have in common. */
  public static Vae ofABatch(Shape image, int latent) {
    return Vae.describe(
        image,
        latent,
        part(new ForbiddenEncoder(mu -> mu.minus(mu.batchMean()))),
        part(new DenseDecoder(4)),
        part(new NegativeElbo()));
  }

  /** With an encoder whose mean and logarithm of the variance are one tensor. */
  public static Vae shared(Shape image, int latent) {
    return Vae.describe(
        image,
        latent,
        part(new SharedEncoder()),
        part(new DenseDecoder(4)),
        part(new NegativeElbo()));
  }

  /** Values for every parameter, within ±0.5. */
  public static Map<String, float[]> parameters(List<Parameter> parameters, long seed) {
    Random random = new Random(seed);
    Map<String, float[]> values = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      // A variance is positive.
      float middle = parameter.name().endsWith("running_var") ? 1 : 0;
      int size = Math.toIntExact(parameter.shape().size());
      values.put(parameter.name(), uniform(random, size, middle - 0.5f, middle + 0.5f));
    }
    return values;
  }

  /** As {@link #parameters(List, long)}. */
  public static Map<String, float[]> parameters(Vae vae, long seed) {
    return parameters(Graph.of(vae.xHat(), vae.mu(), vae.logvar()).state(), seed);
  }

  public static float[] uniform(Random random, int size, float from, float to) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = from + (to - from) * random.nextFloat();
    }
    return values;
  }

  private static <P> Vae.Part<P> part(P plugin) {
    return new Vae.Part<>(plugin, NONE);
  }

  private record DenseEncoder(UnaryOperator<Tensor> hidden) implements Encoder {
    DenseEncoder(int units) {
      this(x -> x.linear("hidden", units).relu());
    }

    @Override
    public Posterior describe(Tensor images, int latent, Options options) {
      Tensor h = hidden.apply(images.flatten());
      return new Posterior(h.linear("mu", latent), h.linear("logvar", latent));
    }

    @Override
    public String name() {
      return "dense";
    }

    @Override
    public String description() {
      return "Fully connected.";
    }

    @Override
    public List<Option> options() {
      return List.of();
    }
  }

  private record DenseDecoder(UnaryOperator<Tensor> hidden) implements Decoder {
    DenseDecoder(int units) {
      this(x -> x.linear("hidden", units).relu());
    }

    @Override
    public Tensor describe(Tensor z, Shape image, Options options) {
      Tensor h = hidden.apply(z);
      return h.linear("out", Math.toIntExact(image.size())).reshape(image.toArray());
    }

    @Override
    public String name() {
      return "dense";
    }

    @Override
    public String description() {
      return "Fully connected.";
    }

    @Override
    public List<Option> options() {
      return List.of();
    }
  }

  private record ConvolutionalEncoder() implements Encoder {
    @Override
    public Posterior describe(Tensor images, int latent, Options options) {
      Tensor h = images.conv2d("down", 4, 4, 2, 1).leakyRelu(0.2).flatten();
      return new Posterior(h.linear("mu", latent), h.linear("logvar", latent));
    }

    @Override
    public String name() {
      return "conv";
    }

    @Override
    public String description() {
      return "Convolutional.";
    }

    @Override
    public List<Option> options() {
      return List.of();
    }
  }

  private record ConvolutionalDecoder() implements Decoder {
    @Override
    public Tensor describe(Tensor z, Shape image, Options options) {
      int height = image.dimension(1) / 2;
      int width = image.dimension(2) / 2;
      Tensor h = z.linear("in", 4 * height * width).tanh().reshape(4, height, width);
      return h.convTranspose2d("up", image.dimension(0), 4, 2, 1, 0);
    }

    @Override
    public String name() {
      return "conv";
    }

    @Override
    public String description() {
      return "Convolutional.";
    }

    @Override
    public List<Option> options() {
      return List.of();
    }
  }

  private interface Plain extends Plugin {
    @Override
    default String name() {
      return "told";
    }

    @Override
    default String description() {
      return "Told more than images and codes.";
    }

    @Override
    default List<Option> options() {
      return List.of();
    }
  }

  private record ToldEncoder() implements Encoder, Plain {
    @Override
    public Posterior describe(Tensor images, int latent, Options options) {
      throw new AssertionError("it is told more");
    }

    @Override
    public Posterior describe(Tensor images, Conditions conditions, int latent, Options options) {
      Tensor label = conditions.label().orElseThrow();
      Tensor beta = conditions.beta().orElseThrow().log().reshape(1);
      int height = images.shape().dimension(1);
      Tensor x = images.concat(0, label.spread(height, images.shape().dimension(2)));
      Tensor h = x.conv2d("down", 3, 4, 2, 1);
      Tensor gate = beta.linear("gate", 3).sigmoid();
      h = h.times(gate.spread(h.shape().dimension(1), h.shape().dimension(2))).relu().flatten();
      return new Posterior(h.linear("mu", latent), h.linear("logvar", latent));
    }
  }

  private record ToldDecoder() implements Decoder, Plain {
    @Override
    public Tensor describe(Tensor z, Shape image, Options options) {
      throw new AssertionError("it is told more");
    }

    @Override
    public Tensor describe(Tensor z, Conditions conditions, Shape image, Options options) {
      Tensor h = z.concat(0, conditions.label().orElseThrow()).linear("hidden", 9);
      Tensor beta = conditions.beta().orElseThrow().log().reshape(1);
      Tensor gated = h.times(beta.linear("gate", 9).sigmoid()).tanh();
      return gated.linear("out", Math.toIntExact(image.size())).reshape(image.toArray());
    }
  }

  private record WeightedElbo() implements Objective, Plain {
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

  private static final Tensor WARMTH = Tensor.scheduled("warmth", at -> 1.0 / (at.step() + 1));

  private record ForbiddenEncoder(UnaryOperator<Tensor> changed) implements Encoder {
    @Override
    public Posterior describe(Tensor images, int latent, Options options) {
      Tensor h = images.flatten();
      return new Posterior(changed.apply(h.linear("mu", latent)), h.linear("logvar", latent));
    }

    @Override
    public String name() {
      return "forbidden";
    }

    @Override
    public String description() {
      return "Uses what only an objective may.";
    }

    @Override
    public List<Option> options() {
      return List.of();
    }
  }

  private record SharedEncoder() implements Encoder {
    @Override
    public Posterior describe(Tensor images, int latent, Options options) {
      Tensor both = images.flatten().linear("both", latent);
      return new Posterior(both, both);
    }

    @Override
    public String name() {
      return "shared";
    }

    @Override
    public String description() {
      return "One tensor for both.";
    }

    @Override
    public List<Option> options() {
      return List.of();
    }
  }

  /** A second network is to tell codes from noise, and the model to have codes that look so. */
  private record Judged(int hidden) implements Objective {
    @Override
    public Likelihood likelihood(Options options) {
      return Likelihood.bernoulli();
    }

    @Override
    public Tensor describe(ObjectiveTerms terms, Options options) {
      return terms.reconstruction().plus(terms.kl());
    }

    @Override
    public Optional<Adversary> adversary(ObjectiveTerms terms, Options options) {
      int latent = terms.z().shape().dimension(0);
      Tensor prior = Tensor.noise("prior", Shape.of(1, latent));
      Tensor both = terms.z().reshape(1, latent).concat(0, prior).samples();
      Tensor judged = both.linear("judge", hidden).leakyRelu(0.2).linear("verdict", 1).joined();
      Tensor ofCode = judged.slice(0, 0, 1).sum();
      Tensor ofNoise = judged.slice(0, 1, 2).sum();
      Tensor loss = ofCode.scale(-1).softplus().plus(ofNoise.softplus());
      Tensor rate = Tensor.scheduled("judgeRate", at -> 0.02);
      return Optional.of(new Adversary(ofCode.scale(3), loss, rate, 0.5, 0.9));
    }

    @Override
    public String name() {
      return "judged";
    }

    @Override
    public String description() {
      return "Negative ELBO, and codes that a second network takes for noise.";
    }

    @Override
    public List<Option> options() {
      return List.of();
    }
  }

  private record NegativeElbo(Likelihood likelihood) implements Objective {
    NegativeElbo() {
      this(Likelihood.bernoulli());
    }

    @Override
    public Likelihood likelihood(Options options) {
      return likelihood;
    }

    @Override
    public Tensor describe(ObjectiveTerms terms, Options options) {
      return terms.reconstruction().plus(terms.kl());
    }

    @Override
    public String name() {
      return "elbo";
    }

    @Override
    public String description() {
      return "Negative ELBO.";
    }

    @Override
    public List<Option> options() {
      return List.of();
    }
  }
}
