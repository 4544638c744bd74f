package dev.elbow.api.score;

import static java.util.Objects.requireNonNull;

import dev.elbow.api.PluginChoice;
import dev.elbow.api.network.Condition;
import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.Options;
import dev.elbow.api.plugin.Score;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A score and which images it is computed on.
 *
 * @param choice the plugin, with values for all that it {@link #declared}
 */
public record ScoreChoice(PluginChoice choice) {
  /** The option that every score has: a {@link ScoredPart}. */
  public static final String ON = "on";

  /** The option that every score has: how many images at most. */
  public static final String IMAGES = "images";

  /** The option that every score has: the weight at which a model for many is scored. */
  public static final String BETA = "beta";

  private static final double USUAL_BETA = 1;

  public ScoreChoice {
    requireNonNull(choice, "choice is null");
  }

  /** Which images, how many, at which β, and then the options of the score itself. */
  public static List<Option> declared(Score score) {
    List<Option> declared = new ArrayList<>();
    List<String> parts = Arrays.stream(ScoredPart.values()).map(ScoredPart::word).toList();
    declared.add(Option.choice(ON, parts, "The images that it is computed on."));
    declared.add(
        Option.whole(
            IMAGES,
            2,
            Integer.MAX_VALUE,
            score.usualImages(),
            "How many of them at most, always the same ones."));
    declared.add(
        Option.positive(
            BETA,
            USUAL_BETA,
            "Weight of the KL term at which a model for many is scored; 1 is the nearest to 1 that"
                + " it is for."));
    declared.addAll(score.options());
    return declared;
  }

  /** The images that it is computed on. */
  public ScoredPart on() {
    return ScoredPart.of(choice.options().text(ON));
  }

  /** How many of them at most. */
  public int images() {
    return choice.options().count(IMAGES);
  }

  /** At which weight of the KL term; empty for the usual one, that of a model for one weight. */
  public OptionalDouble beta() {
    Options options = choice.options();
    // What was chosen before the option was there does not have it.
    double beta = options.values().containsKey(BETA) ? options.real(BETA) : USUAL_BETA;
    return beta == USUAL_BETA ? OptionalDouble.empty() : OptionalDouble.of(beta);
  }

  /**
   * Why models are not scored at its weight.
   *
   * @param weights that they are for; empty for one alone
   */
  public Optional<String> problem(Optional<Condition.Beta> weights) {
    if (beta().isEmpty()) {
      return Optional.empty();
    }
    double beta = beta().getAsDouble();
    if (weights.isEmpty()) {
      return Optional.of(
          "beta: found %s, but these models are for one weight of the KL term, expected none"
              .formatted(beta));
    }
    double least = weights.get().least();
    double most = weights.get().most();
    return beta >= least && beta <= most
        ? Optional.empty()
        : Optional.of(
            "beta: %s is outside of what these models are for, expected a number from %s to %s"
                .formatted(beta, least, most));
  }

  /**
   * The columns of its figures. They tell what is not as usual, as in {@code mig_all_bins_50}, so
   * that figures of one column were computed in one way.
   */
  public List<String> columns(Score score) {
    String unusual = unusual(score);
    return score.columns().stream().map(column -> column + unusual).toList();
  }

  /** Computed figures under the names of {@link #columns}. */
  public Map<String, Double> named(Score score, Map<String, Double> figures) {
    String unusual = unusual(score);
    Map<String, Double> named = new LinkedHashMap<>();
    score.columns().forEach(column -> named.put(column + unusual, figures.get(column)));
    return named;
  }

  private String unusual(Score score) {
    Options options = choice.options();
    StringBuilder text = new StringBuilder();
    for (Option option : declared(score)) {
      Optional<Object> value = Optional.ofNullable(options.values().get(option.name()));
      // What was chosen before an option was there has it as usual.
      if (value.isPresent() && !value.equals(option.defaultValue())) {
        // What images they are is told by the word alone.
        text.append(option.name().equals(ON) ? "" : "_" + option.name()).append('_');
        text.append(text(value.get()));
      }
    }
    return text.toString()
        .replaceAll("([A-Z])", "_$1")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9_]+", "_");
  }

  private static String text(Object value) {
    boolean whole = value instanceof Double number && number == Math.rint(number);
    return whole ? String.valueOf(((Double) value).longValue()) : String.valueOf(value);
  }
}
