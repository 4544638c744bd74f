package dev.elbow.trainer.program;

import dev.elbow.api.Vae;
import dev.elbow.api.network.Graph;
import dev.elbow.api.network.Parameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What is measured of some images as one program: forward alone, in single precision, with sums
 * over the images in double precision. It reads the weights where training has them.
 *
 * @param text TorchScript, whose function is {@link #FUNCTION}. It returns the sums of
 *     reconstruction and kl, both {@code []}, and of the kl of each dimension, of the means and of
 *     their squares, all {@code [latent]}.
 */
public record EvaluationProgram(String text) {
  /** What {@link #function} begins with. */
  private static final String DEFINITION = "def evaluate(";

  /** The name of the function that measures. */
  public static final String FUNCTION = "evaluate";

  // Nothing times the weights: a bias of minus infinity behind a relu shows in no loss, and must in
  // the first evaluation after it.
  private static final String EVALUATE =
      """
      def evaluate(images: Tensor, form: int, numbers: Tensor, eps: Tensor, %sp: Tensor):
      %s\
          b = numbers.size(0)
      %s\
          x = pixels(images, form, numbers, 0, b, %d).reshape(%s)
      %s\
          reconstruction = reconstruction + 0.0 * torch.sum(p, dtype=7)
          return reconstruction, kl, dimensions, mu, squares
      """;

  /**
   * The program that measures {@code vae}.
   *
   * @param layout in which its parameters lie in memory, as {@link StepProgram#layout}
   */
  public static EvaluationProgram of(Vae vae, List<Parameter> layout) {
    Graph graph = Graph.of(vae.reconstruction(), vae.kl(), vae.klPerDimension(), vae.mu());
    StepRules rules = StepRules.ofEvaluation(graph);
    List<Value> figures = graph.evaluate(rules, new IdentityHashMap<>());
    Lines lines = rules.lines();
    lines.change("reconstruction = " + sum(figures.get(0)), figures.get(0));
    lines.change("kl = " + sum(figures.get(1)), figures.get(1));
    lines.change("dimensions = " + sum(figures.get(2)), figures.get(2));
    lines.change("means = {0}.to(dtype=7)", figures.get(3));
    lines.change("mu = torch.sum(means, [0])");
    lines.change("squares = torch.sum(torch.square(means), [0])");
    String text =
        EVALUATE.formatted(
            vae.conditions().isEmpty() ? "" : "given: Tensor, ",
            ProgramText.indented(4, names(rules.weights().pieces(), places(layout))),
            ProgramText.indented(4, conditions(vae)),
            vae.image().size(),
            Algebra.batched(Value.EXAMPLES, vae.image()),
            ProgramText.indented(4, lines.text()));
    return new EvaluationProgram(ProgramText.PIXELS + text);
  }

  // All images are of one batch, which begins at the first.
  private static List<String> conditions(Vae vae) {
    return vae.conditions().isEmpty()
        ? List.of()
        : Stream.concat(Stream.of("at = 0"), ProgramText.parts("given", vae.conditions()).stream())
            .toList();
  }

  /** The text without what it shares with a {@link StepProgram}. */
  public String function() {
    return text.substring(text.indexOf(DEFINITION));
  }

  private static String sum(Value figure) {
    return figure.isNumber()
        ? "torch.full([], float(b) * {0}, dtype=7)"
        : "torch.sum({0}, [0], dtype=7)";
  }

  private static Map<String, Long> places(List<Parameter> layout) {
    Map<String, Long> places = new HashMap<>();
    long from = 0;
    for (Parameter parameter : layout) {
      places.put(parameter.name(), from);
      from += parameter.shape().size();
    }
    return places;
  }

  private static List<String> names(List<Piece> pieces, Map<String, Long> places) {
    List<String> names = new ArrayList<>();
    for (int number = 0; number < pieces.size(); number++) {
      Piece piece = pieces.get(number);
      String memory = memory(piece, places);
      String line = "w%d = %s.view(%s)  # %s";
      names.add(line.formatted(number, memory, piece.shape(), piece.names()));
      if (piece.shape().rank() == 2) {
        names.add("w%dt = w%d.t()".formatted(number, number));
      }
    }
    return names;
  }

  // Layers that are one product here may be apart in training, where others stand between them.
  private static String memory(Piece piece, Map<String, Long> places) {
    List<String> parts = new ArrayList<>();
    long from = places.get(piece.parameters().get(0).name());
    long end = from;
    boolean isOneRow = true;
    for (Parameter parameter : piece.parameters()) {
      long place = places.get(parameter.name());
      long size = parameter.shape().size();
      isOneRow &= place == end;
      end = place + size;
      parts.add("p[%d:%d]".formatted(place, end));
    }
    return isOneRow
        ? "p[%d:%d]".formatted(from, end)
        : "torch.cat([%s])".formatted(String.join(", ", parts));
  }
}
