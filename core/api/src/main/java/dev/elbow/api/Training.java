package dev.elbow.api;

import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.OptionType;
import dev.elbow.api.plugin.Options;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a trial is trained. The record wraps checked {@link #options}, so that the sweep file, the
 * wire and {@code trial.json} hold the same names and values.
 *
 * @param options values for all of {@link #declared}
 */
public record Training(Options options) {
  /** All of training in IEEE 754 single precision. */
  public static final String FP32 = "fp32";

  /**
   * Large products and convolutions in bfloat16, sums and weights in single precision (Micikevicius
   * et al., "Mixed Precision Training", 2018).
   */
  public static final String BF16 = "bf16";

  /** One of the others, the same for all trials of a sweep. */
  public static final String AUTO = "auto";

  private static final double NO_LIMIT = Double.MAX_VALUE;
  private static final List<Option> DECLARED = declare();

  /** The options of the section {@code training}. */
  public static List<Option> declared() {
    return DECLARED;
  }

  /**
   * What is wrong between options that are each right; empty if nothing.
   *
   * @param given the names of the options that the sweep gives, fixed or varied
   */
  public static List<Options.Problem> problems(Set<String> given) {
    if (given.contains("epochs") && given.contains("steps")) {
      return List.of(
          new Options.Problem("steps", "given together with 'epochs', expected one of the two"));
    }
    if (given.contains("evaluateEvery") && !given.contains("steps")) {
      return List.of(
          new Options.Problem(
              "evaluateEvery", "needs 'steps'; with 'epochs' every epoch is evaluated"));
    }
    return List.of();
  }

  /** Passes over the training images; not used where {@link #steps} is above 0. */
  public int epochs() {
    return options.count("epochs");
  }

  /** Optimizer steps in all, or 0 where {@link #epochs} counts. */
  public long steps() {
    return options.whole("steps");
  }

  /**
   * Optimizer steps from one evaluation to the next where {@link #steps} counts; 0 for one pass
   * over the images.
   */
  public long evaluateEvery() {
    return options.whole("evaluateEvery");
  }

  /** Images of one step; the last batch of an epoch may be smaller and is trained on. */
  public int batchSize() {
    return options.count("batchSize");
  }

  /** The step size before {@link #schedule}. */
  public double learningRate() {
    return options.real("learningRate");
  }

  /**
   * L2 penalty as PyTorch's Adam and SGD have it: {@code weightDecay × weight} is added to the
   * gradient.
   */
  public double weightDecay() {
    return options.real("weightDecay");
  }

  /** Largest norm of all gradients together; 0 for no limit. */
  public double clipNorm() {
    return options.real("clipNorm");
  }

  /** How gradients change weights. */
  public Optimizer optimizer() {
    Options way = options.variant("optimizer");
    return way.text(OptionType.Variant.NAME).equals("sgd")
        ? new Optimizer.Sgd(way.real("momentum"))
        : new Optimizer.Adam(way.reals("betas")[0], way.reals("betas")[1], way.real("epsilon"));
  }

  /** How the learning rate changes. */
  public LearningRateSchedule schedule() {
    Options way = options.variant("schedule");
    long warmup = way.whole("warmupSteps");
    return switch (way.text(OptionType.Variant.NAME)) {
      case "cosine" -> new LearningRateSchedule.Cosine(warmup, way.real("final"));
      case "multistep" -> {
        List<Long> milestones =
            java.util.Arrays.stream(way.counts("milestones")).asLongStream().boxed().toList();
        yield new LearningRateSchedule.Multistep(warmup, milestones, way.real("factor"));
      }
      default -> new LearningRateSchedule.Constant(warmup);
    };
  }

  /**
   * Arithmetic of training: {@link #FP32}, {@link #BF16}, or {@link #AUTO} where a sweep leaves it
   * to the workers that it finds.
   */
  public String precision() {
    return options.text("precision");
  }

  /** The same with another {@link #precision}: what was made of {@link #AUTO}. */
  public Training withPrecision(String word) {
    Map<String, Object> values = new LinkedHashMap<>(options.values());
    values.put("precision", word);
    return new Training(Options.check(DECLARED, values).orThrow());
  }

  private static List<Option> declare() {
    return List.of(
        Option.whole("epochs", 1, 1_000_000, 10, "Passes over the training images."),
        Option.whole(
            "steps",
            0,
            1_000_000_000_000L,
            0,
            "Optimizer steps in all, instead of epochs; 0 for epochs."),
        Option.whole(
            "evaluateEvery",
            0,
            1_000_000_000_000L,
            0,
            "With steps: steps between evaluations; 0 for one pass."),
        Option.whole("batchSize", 1, 1_000_000, 128, "Images of one optimizer step."),
        Option.positive("learningRate", 1e-3, "Step size of the optimizer."),
        new Option("optimizer", optimizers(), Optional.of("adam"), "How gradients change weights."),
        Option.real("weightDecay", 0, NO_LIMIT, 0, "Times the weight, added to its gradient."),
        Option.real(
            "clipNorm", 0, NO_LIMIT, 0, "Largest norm of all gradients together; 0 for no limit."),
        new Option(
            "schedule",
            schedules(),
            Optional.of("constant"),
            "How the learning rate changes from step to step."),
        Option.choice(
            "precision",
            List.of(FP32, BF16, AUTO),
            "Arithmetic of training: 32 bits throughout, or 16 for large products of processors that "
                + "have bf16; auto is bf16 where every worker has it when the first trial is queued."));
  }

  private static OptionType optimizers() {
    OptionType decay = new OptionType.ListOf(new OptionType.Real(0, true, 0.999999999), 2, 2);
    Map<String, List<Option>> ways = new LinkedHashMap<>();
    ways.put(
        "adam",
        List.of(
            new Option(
                "betas", decay, Optional.of(List.of(0.9, 0.999)), "Decay of the two moments."),
            Option.positive("epsilon", 1e-8, "Added to the root of the second moment.")));
    ways.put("sgd", List.of(Option.real("momentum", 0, 0.999999999, 0, "Decay of the velocity.")));
    return new OptionType.Variant(ways);
  }

  private static OptionType schedules() {
    Option warmup =
        Option.whole(
            "warmupSteps", 0, 1_000_000_000_000L, 0, "Steps over which the rate rises from 0.");
    Map<String, List<Option>> ways = new LinkedHashMap<>();
    ways.put("constant", List.of(warmup));
    ways.put(
        "cosine",
        List.of(
            warmup, Option.real("final", 0, 1, 0, "Share of the rate that is left at the end.")));
    ways.put(
        "multistep",
        List.of(
            warmup,
            Option.wholes(
                "milestones",
                1,
                1000,
                1,
                Integer.MAX_VALUE,
                List.of(1000),
                "Steps after which the rate falls."),
            Option.real(
                "factor", 0, 1, 0.1, "By which the rate is multiplied at each milestone.")));
    return new OptionType.Variant(ways);
  }
}
