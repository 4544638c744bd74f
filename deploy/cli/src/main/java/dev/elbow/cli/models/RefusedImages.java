package dev.elbow.cli.models;

import java.util.List;
import java.util.stream.Stream;

/** Images that cannot be used, so nothing was written. */
final class RefusedImages extends Exception {
  private static final long serialVersionUID = 1;
  private static final int SHOWN = 50;

  private final transient List<String> problems;

  RefusedImages(List<String> problems) {
    super(String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  /** A line for each, as far as anybody reads on. */
  List<String> lines() {
    if (problems.size() <= SHOWN) {
      return problems;
    }
    return Stream.concat(
            problems.stream().limit(SHOWN),
            Stream.of("and %d more".formatted(problems.size() - SHOWN)))
        .toList();
  }

  /** How many there are. */
  int count() {
    return problems.size();
  }
}
