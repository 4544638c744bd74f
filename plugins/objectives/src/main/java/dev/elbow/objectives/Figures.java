package dev.elbow.objectives;

import dev.elbow.api.network.Tensor;
import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.Options;

/** Options that are mere figures, as run-time inputs of the program. */
final class Figures {
  /** Longer than any training. */
  static final long MOST_STEPS = 1_000_000_000_000L;

  private Figures() {}

  /** An option of a figure from 0 up. */
  static Option option(String name, double defaultValue, String meaning) {
    return Option.real(name, 0, Double.MAX_VALUE, defaultValue, meaning);
  }

  /** Its value, of shape {@code []}. */
  static Tensor of(String name, Options options) {
    double value = options.real(name);
    return Tensor.scheduled(name, at -> value);
  }
}
