package dev.elbow.acceptance.chaos;

import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A sweep of trials on tiny images that take a second each, but for one in each turn, which takes
 * longer, so that some are interrupted between two checkpoints.
 *
 * @param name of the sweep
 * @param turns how many turns
 * @param turn how many trials are in each
 * @param epochs of the shortest; 100 take about a second
 * @param longest how many times longer the long one is
 */
record ShortTrials(String name, int turns, int turn, int epochs, int longest) {
  private static final String SWEEP =
      """
      name: %s
      dataset: {plugin: idx, path: tiny}
      encoder: {plugin: dense, hidden: [32]}
      decoder: {plugin: dense, hidden: [32]}
      objective: {plugin: elbo, likelihood: bernoulli}
      training: {batchSize: 64}
      parameters:
        latent: 3
        beta: {values: [%s]}
        epochs: {values: [%s]}
      search: {plugin: grid}
      seeds: [1]
      """;

  /** The same under another name. */
  ShortTrials named(String other) {
    return new ShortTrials(other, turns, turn, epochs, longest);
  }

  int trials() {
    return turns * turn;
  }

  String yaml() {
    return SWEEP.formatted(name, numbers(turns, beta -> beta), numbers(turn, this::epochsAt));
  }

  private int epochsAt(int place) {
    return place == (turn + 1) / 2 ? epochs * longest : epochs + place;
  }

  private static String numbers(int count, IntUnaryOperator number) {
    return IntStream.rangeClosed(1, count)
        .map(number)
        .mapToObj(String::valueOf)
        .collect(Collectors.joining(", "));
  }
}
