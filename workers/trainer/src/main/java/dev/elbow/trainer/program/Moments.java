package dev.elbow.trainer.program;

import dev.elbow.api.Optimizer;
import dev.elbow.api.Vae;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the optimizers of a training remember: for each name memory for all weights, of which each
 * optimizer uses the part of its network.
 *
 * @param names PyTorch's, in the order in which a program is given them
 */
public record Moments(List<String> names) {
  private static final List<String> ADAM = List.of("exp_avg", "exp_avg_sq");

  public Moments {
    names = List.copyOf(names);
  }

  /** Those of a training of {@code vae} by {@code optimizer}; an adversary's is always Adam. */
  public static Moments of(Optimizer optimizer, Vae vae) {
    List<String> adversary = vae.adversary().isPresent() ? ADAM : List.of();
    Stream<String> all = Stream.concat(names(optimizer).stream(), adversary.stream());
    return new Moments(all.distinct().toList());
  }

  private static List<String> names(Optimizer optimizer) {
    if (optimizer instanceof Optimizer.Sgd sgd) {
      return sgd.momentum() > 0 ? List.of("momentum_buffer") : List.of();
    }
    return ADAM;
  }

  /** The part {@code range} of each that Adam needs, as assignments to names that begin so. */
  List<String> ofAdam(String prefix, String range) {
    return List.of(
        "%sms = [%s%s]".formatted(prefix, memory(ADAM.get(0)), range),
        "%svs = [%s%s]".formatted(prefix, memory(ADAM.get(1)), range));
  }

  /** As {@link #ofAdam}, for gradient descent. */
  List<String> ofSgd(Optimizer.Sgd sgd, String range) {
    return names(sgd).isEmpty()
        ? List.of("ms: List[Tensor] = []")
        : List.of("ms = [%s%s]".formatted(memory(names(sgd).get(0)), range));
  }

  private String memory(String name) {
    return "moments[%d]".formatted(names.indexOf(name));
  }
}
