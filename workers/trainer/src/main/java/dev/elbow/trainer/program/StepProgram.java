package dev.elbow.trainer.program;

import dev.elbow.api.Training;
import dev.elbow.api.Vae;
import dev.elbow.api.network.Graph;
import dev.elbow.api.network.Parameter;
import dev.elbow.api.network.Tensor;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Training as one program: as many steps as it is given numbers of images for, each forward, back
 * and an update of all weights. What differs between trials of one structure (β, learning rate,
 * betas, weight decay, clipping) is a run-time input, so that they share the text.
 *
 * @param text TorchScript, whose function is {@link #FUNCTION}
 * @param layout every parameter in the order in which values, gradients and moments lie in memory,
 *     without gaps; those that have no gradient come last
 * @param learning how many of these values have a gradient
 * @param scheduled the names of the scheduled figures, in the order in which their values are given
 */
public record StepProgram(
    String text, List<Parameter> layout, long learning, List<String> scheduled) {
  /** Changes whenever equal descriptions may give other bits than before. */
  public static final int VERSION = 4;

  /** The name of the function that makes the steps. */
  public static final String FUNCTION = "train";

  public StepProgram {
    layout = List.copyOf(layout);
    scheduled = List.copyOf(scheduled);
  }

  /**
   * The program that trains {@code vae}.
   *
   * @param training whose kind of optimizer and precision are read; one that is left open is taken
   *     for fp32
   */
  public static StepProgram of(Vae vae, Training training) {
    Graph graph = vae.training();
    StepRules rules = new StepRules(graph, training.precision().equals(Training.BF16));
    Map<Tensor, Value> given = new IdentityHashMap<>();
    List<Value> figures = graph.evaluate(rules, given);
    sum(rules, "objective", figures.get(0));
    sum(rules, "reconstruction", figures.get(1));
    sum(rules, "kl", figures.get(2));
    differentiate(rules, vae, figures);
    List<Piece> pieces = ordered(rules);
    ProgramText text = new ProgramText(rules, pieces);
    List<Parameter> layout = pieces.stream().flatMap(piece -> piece.parameters().stream()).toList();
    return new StepProgram(
        text.of(training.optimizer(), vae), layout, text.learning(), rules.scheduledNames());
  }

  private static void differentiate(StepRules rules, Vae vae, List<Value> figures) {
    Function<Tensor, Value> found = output -> figures.get(vae.training().outputs().indexOf(output));
    rules.differentiate(Network.MODEL, figures.get(0), vae.codeWeight().map(found));
    vae.adversary()
        .ifPresent(
            adversary -> {
              rules.differentiate(
                  Network.ADVERSARY, found.apply(adversary.loss()), Optional.empty());
              Value rate = found.apply(adversary.learningRate());
              rules.lines().change(Updates.ADVERSARY_RATE + " = {0}", rate);
            });
  }

  private static void sum(StepRules rules, String name, Value figure) {
    String sum = figure.isNumber() ? "float(b) * {0}" : "float(torch.sum({0}, dtype=7))";
    rules.lines().change(name + " = " + sum, figure);
  }

  private static List<Piece> ordered(StepRules rules) {
    return rules.weights().pieces().stream()
        .sorted(Comparator.comparingInt(piece -> place(piece, rules)))
        .toList();
  }

  // Each network lies in one row, so that its update is one operation; and so does, if the model
  // has no part that nothing reaches, what is copied to bf16, and what has its gradient copied
  // back.
  private static int place(Piece piece, StepRules rules) {
    boolean isInHalf = rules.halves().weights().contains(piece);
    if (!rules.weights().learning().contains(piece)) {
      return isInHalf ? 6 : 7;
    }
    boolean isLeftInHalf = rules.halves().gradients().contains(piece);
    int place = isLeftInHalf ? 2 : isInHalf ? 1 : 0;
    return Network.of(piece) == Network.MODEL ? place : 5 - place;
  }
}
