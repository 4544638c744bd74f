package dev.elbow.trainer.program;

import dev.elbow.api.Optimizer;
import dev.elbow.api.network.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Puts the lines of a step between what comes before and after it. */
final class ProgramText {
  private static final String PIXELS =
      """
      def pixels(images: Tensor, form: int, numbers: Tensor, at: int, b: int, size: int) -> Tensor:
          if form == 3:  # drawn, 0 or 1, in the order of the steps
              return images.narrow(0, at, b).to(dtype=6)
          rows = torch.index_select(images, 0, numbers.narrow(0, at, b))
          if form == 0:  # bytes
              return rows.to(dtype=6).div_(255.0)
          if form == 1:  # floats
              return rows
          shifts = torch.tensor([7, 6, 5, 4, 3, 2, 1, 0], dtype=0)
          bits = torch.bitwise_and(torch.bitwise_right_shift(rows.unsqueeze(2), shifts), 1)
          return bits.reshape([b, -1]).narrow(1, 0, size).to(dtype=6)

      """;
  // The lists are made before the loop and returned: TorchScript drops an operation as dead code
  // if nothing of what it changes is read afterwards, and the weights would never move. Figures are
  // returned as the doubles that they are: torch.tensor would round them to floats first.
  private static final String TRAIN =
      """
      def train(images: Tensor, form: int, numbers: Tensor, noise: Tensor, sizes: List[int], \
      rates: List[float], scheduled: List[float], updates: int, p: Tensor, g: Tensor, \
      moments: List[Tensor], clip: float, decay: float, settings: List[float]):
      %s\
          learning = p[0:%d]
          slopes = g[0:%d]
          ps = [learning]
          gs = [slopes]
      %s\
          step = torch.zeros([])
          steps = [step]
          figures: List[float] = []
          count = len(sizes)
          at = 0
          i = 0
          finite = True
          while finite and i < count:
              b = sizes[i]
              c = 1.0 / float(b)
              ones = torch.ones([b])
              x = pixels(images, form, numbers, at, b, %d).reshape(%s)
              eps = noise.narrow(0, at, b)
      %s\
              if clip > 0.0:
                  norm = float(torch.norm(slopes))
                  if norm + 1e-6 > clip:
                      slopes.mul_(clip / (norm + 1e-6))
              step.fill_(float(updates + i + 1))
      %s\
              figures.append(objective)
              figures.append(reconstruction)
              figures.append(kl)
              at = at + b
              i = i + 1
              weights = float(torch.sum(p))
              finite = objective - objective == 0.0 and reconstruction - reconstruction == 0.0 \
      and kl - kl == 0.0 and weights - weights == 0.0
          figures.append(1.0 if finite else 0.0)
          return figures, ps + gs + moments + steps
      """;

  private static final String ADAM =
      "torch._fused_adam_(ps, gs, ms, vs, [], steps, lr=rates[i], beta1=settings[0],"
          + " beta2=settings[1], weight_decay=decay, eps=settings[2], amsgrad=False,"
          + " maximize=False)";
  private static final String SGD =
      "torch._fused_sgd_(ps, gs, ms, weight_decay=decay, momentum=settings[0], lr=rates[i],"
          + " dampening=0.0, nesterov=False, maximize=False, is_first_step=False)";

  private ProgramText() {}

  /**
   * The whole program.
   *
   * @param pieces of {@code rules} as they lie in memory
   * @param learning how many values have a gradient
   */
  static String of(
      StepRules rules, List<Piece> pieces, long learning, Optimizer optimizer, Shape image) {
    String update = optimizer instanceof Optimizer.Adam ? ADAM : SGD;
    String train =
        TRAIN.formatted(
            indented(4, names(rules, pieces)),
            learning,
            learning,
            indented(4, moments(optimizer, learning)),
            image.size(),
            Algebra.batched(image),
            indented(8, rules.lines().text()),
            indented(8, learning == 0 ? List.of() : List.of(update)));
    return PIXELS + train;
  }

  /** Weights and gradients of each piece, and the transpose of a matrix. */
  private static List<String> names(StepRules rules, List<Piece> pieces) {
    List<String> lines = new ArrayList<>();
    long from = 0;
    for (Piece piece : pieces) {
      int number = rules.pieces().indexOf(piece);
      String part = "[%d:%d].view(%s)".formatted(from, from + piece.size(), piece.shape());
      lines.add("w%d = p%s  # %s".formatted(number, part, piece.names()));
      lines.add("g%d = g%s".formatted(number, part));
      if (piece.shape().rank() == 2) {
        lines.add("t%d = w%d.t()".formatted(number, number));
      }
      from += piece.size();
    }
    return lines;
  }

  private static List<String> moments(Optimizer optimizer, long learning) {
    String part = "[moments[%d][0:" + learning + "]]";
    if (optimizer instanceof Optimizer.Sgd sgd) {
      return List.of(sgd.momentum() > 0 ? "ms = " + part.formatted(0) : "ms: List[Tensor] = []");
    }
    return List.of("ms = " + part.formatted(0), "vs = " + part.formatted(1));
  }

  private static String indented(int spaces, List<String> lines) {
    return lines.stream()
        .map(line -> " ".repeat(spaces) + line + "\n")
        .collect(Collectors.joining());
  }
}
