package dev.elbow.trainer.program;

import dev.elbow.api.Optimizer;
import dev.elbow.api.Vae;
import dev.elbow.api.network.Graph;
import dev.elbow.api.network.Parameter;
import dev.elbow.api.network.Tensor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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
  public static final int VERSION = 1;

  /** The name of the function that makes the steps. */
  public static final String FUNCTION = "train";

  public StepProgram {
    layout = List.copyOf(layout);
    scheduled = List.copyOf(scheduled);
  }

  /** The program that trains {@code vae}; of {@code optimizer} only the kind is read. */
  public static StepProgram of(Vae vae, Optimizer optimizer) {
    Graph graph = vae.training();
    StepRules rules = new StepRules(graph);
    Map<Tensor, Value> given = new IdentityHashMap<>();
    List<Value> figures = graph.evaluate(rules, given);
    sum(rules, "objective", figures.get(0));
    sum(rules, "reconstruction", figures.get(1));
    sum(rules, "kl", figures.get(2));
    rules.differentiate(figures.get(0));
    List<Piece> pieces = ordered(rules);
    long learning = pieces.stream().filter(rules.learning()::contains).mapToLong(Piece::size).sum();
    String text = ProgramText.of(rules, pieces, learning, optimizer, vae.image());
    List<Parameter> layout = pieces.stream().flatMap(piece -> piece.parameters().stream()).toList();
    return new StepProgram(text, layout, learning, rules.scheduledNames());
  }

  private static void sum(StepRules rules, String name, Value figure) {
    String sum = figure.isNumber() ? "float(b) * {0}" : "float(torch.sum({0}, dtype=7))";
    rules.lines().change(name + " = " + sum, figure);
  }

  private static List<Piece> ordered(StepRules rules) {
    Map<Boolean, List<Piece>> byUse =
        rules.pieces().stream().collect(Collectors.partitioningBy(rules.learning()::contains));
    List<Piece> pieces = new ArrayList<>(byUse.get(true));
    pieces.addAll(byUse.get(false));
    return pieces;
  }
}
