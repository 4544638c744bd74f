package dev.elbow.trainer.program;

import dev.elbow.api.Optimizer;
import dev.elbow.api.Vae;
import dev.elbow.api.network.Op;
import dev.elbow.api.network.Shape;
import dev.elbow.api.network.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts the lines of a step between what comes before and after it. For one use. */
final class ProgramText {
  /** The function {@code pixels}: images as the dataset stores them, made floats. */
  static final String PIXELS =
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
      def train(images: Tensor, form: int, numbers: Tensor, noise: Tensor, %s%ssizes: List[int], \
      rates: List[float], scheduled: List[float], updates: int, p: Tensor, g: Tensor, \
      moments: List[Tensor], clip: float, decay: float, settings: List[float]):
      %s\
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
      %s%s%s\
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
              finite = objective - objective == 0.0 and reconstruction - reconstruction == 0.0 \
      and kl - kl == 0.0
          figures.append(1.0 if finite else 0.0)
          return figures, %smoments + steps
      """;

  /** First letters of the names of what products read, which some read transposed. */
  private static final String WEIGHTS = "wh";

  private final StepRules rules;
  private final List<Piece> pieces;

  /**
   * @param pieces of {@code rules} as they lie in memory
   */
  ProgramText(StepRules rules, List<Piece> pieces) {
    this.rules = rules;
    this.pieces = pieces;
  }

  /** How many values have a gradient. */
  long learning() {
    return learning(Network.MODEL) + learning(Network.ADVERSARY);
  }

  private long learning(Network network) {
    return pieces.stream()
        .filter(piece -> Network.of(piece) == network && rules.weights().learning().contains(piece))
        .mapToLong(Piece::size)
        .sum();
  }

  /** The whole program. */
  String of(Optimizer optimizer, Vae vae) {
    Shape image = vae.image();
    List<String> names = new ArrayList<>();
    List<String> step = new ArrayList<>();
    row("p", "w", pieces, names);
    row("g", "g", pieces, names);
    List<Piece> halves = inMemory(rules.halves().weights());
    if (!halves.isEmpty()) {
      names.add("halves = torch.empty([%d], dtype=15)".formatted(size(halves)));
      row("halves", "h", halves, names);
      step.addAll(copies("halves%1$s.copy_(p%2$s)", halves));
    }
    step.addAll(rules.lines().text());
    List<Piece> left = inMemory(rules.halves().gradients());
    if (!left.isEmpty()) {
      names.add("left = torch.empty([%d], dtype=15)".formatted(size(left)));
      row("left", "k", left, names);
      step.addAll(copies("g%2$s.copy_(left%1$s)", left));
    }
    Updates updates =
        new Updates(optimizer, vae, learning(Network.MODEL), learning(Network.ADVERSARY));
    String train =
        TRAIN.formatted(
            vae.conditions().isEmpty() ? "" : "given: Tensor, ",
            vae.dropouts().isEmpty() ? "" : "masks: Tensor, ",
            indented(4, names),
            indented(4, updates.lists()),
            image.size(),
            Algebra.batched(Value.EXAMPLES, image),
            indented(8, parts("noise", vae.noise())),
            indented(8, parts("given", vae.conditions())),
            indented(8, step),
            indented(8, updates.calls()),
            updates.returned());
    return PIXELS + train;
  }

  /**
   * A name for each of some inputs, which lie side by side for each image.
   *
   * @param memory of all images, of which those from {@code at} on are meant
   */
  static List<String> parts(String memory, List<Tensor> inputs) {
    String all = " = %s.narrow(0, at, b)".formatted(memory);
    if (inputs.size() == 1 && inputs.get(0).shape().rank() == 1) {
      return List.of(name(inputs.get(0)) + all);
    }
    List<String> named = new ArrayList<>();
    long from = 0;
    for (Tensor input : inputs) {
      long size = input.shape().size();
      String shape = Algebra.batched(Value.EXAMPLES, input.shape());
      String part = "%s.narrow(1, %d, %d).reshape(%s)".formatted(all, from, size, shape);
      named.add(name(input) + part);
      from += size;
    }
    return named;
  }

  private static String name(Tensor input) {
    return input.op() instanceof Op.Given given
        ? given.condition().name()
        : ((Op.Input) input.op()).name();
  }

  private List<Piece> inMemory(Set<Piece> some) {
    return pieces.stream().filter(some::contains).toList();
  }

  /**
   * Copies between all memory and that of {@code some} alone: one for each row of pieces that lie
   * side by side in both.
   */
  private List<String> copies(String text, List<Piece> some) {
    List<String> lines = new ArrayList<>();
    int from = 0;
    for (int to = 1; to <= some.size(); to++) {
      boolean isEnd =
          to == some.size() || pieces.indexOf(some.get(to)) > pieces.indexOf(some.get(to - 1)) + 1;
      if (isEnd) {
        List<Piece> row = some.subList(from, to);
        lines.add(text.formatted(range(row, some), range(row, pieces)));
        from = to;
      }
    }
    return lines;
  }

  private static String range(List<Piece> row, List<Piece> all) {
    long from = size(all.subList(0, all.indexOf(row.get(0))));
    return row.equals(all) ? "" : "[%d:%d]".formatted(from, from + size(row));
  }

  private static long size(List<Piece> some) {
    return some.stream().mapToLong(Piece::size).sum();
  }

  /** A name for each of {@code some}, which lie in {@code memory} alone, and for transposes. */
  private void row(String memory, String letter, List<Piece> some, List<String> lines) {
    long from = 0;
    for (Piece piece : some) {
      String name = letter + rules.weights().pieces().indexOf(piece);
      String part = "[%d:%d].view(%s)".formatted(from, from + piece.size(), piece.shape());
      lines.add("%s = %s%s  # %s".formatted(name, memory, part, piece.names()));
      if (piece.shape().rank() == 2 && WEIGHTS.contains(letter)) {
        lines.add("%st = %s.t()".formatted(name, name));
      }
      from += piece.size();
    }
  }

  static String indented(int spaces, List<String> lines) {
    return lines.stream()
        .map(line -> " ".repeat(spaces) + line + "\n")
        .collect(Collectors.joining());
  }
}
