package dev.elbow.objectives;

import dev.elbow.api.network.Likelihood;
import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.Options;
import java.util.List;
import java.util.stream.Stream;

/** The options {@code likelihood} and {@code sigma}, which every objective has. */
final class Likelihoods {
  private static final String NAME = "likelihood";
  private static final String SPREAD = "sigma";

  private static final Option CHOICE =
      Option.choice(
          NAME,
          List.of("bernoulli", "gaussian", "laplace", "continuous-bernoulli"),
          "Distribution of a pixel given the decoder's output.");
  private static final Option SIGMA =
      Option.positive(
          SPREAD,
          1,
          "Standard deviation of the gaussian likelihood, scale of the laplace one, in pixel values.");

  private Likelihoods() {}

  /** {@code own}, then these. */
  static List<Option> after(Option... own) {
    return Stream.concat(Stream.of(own), Stream.of(CHOICE, SIGMA)).toList();
  }

  /** The chosen one. */
  static Likelihood of(Options options) {
    return switch (options.text(NAME)) {
      case "gaussian" -> Likelihood.gaussian(options.real(SPREAD));
      case "laplace" -> Likelihood.laplace(options.real(SPREAD));
      case "continuous-bernoulli" -> Likelihood.continuousBernoulli();
      default -> Likelihood.bernoulli();
    };
  }
}
