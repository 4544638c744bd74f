package dev.elbow.search;

import dev.elbow.api.search.Domain;
import dev.elbow.api.search.Domain.Range;
import dev.elbow.api.search.SearchSpace;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What a search algorithm cannot do with a space. */
final class Problems {
  private Problems() {}

  /**
   * The first problem of each parameter, by name, in file order.
   *
   * @param problem what is wrong with a range whose ends are right
   */
  static Map<String, String> of(SearchSpace space, Function<Range, Optional<String>> problem) {
    Map<String, String> problems = new LinkedHashMap<>();
    for (Map<String, Domain> alternative : space.alternatives()) {
      alternative.forEach(
          (name, domain) ->
              ranges(domain)
                  .flatMap(range -> ends(range).or(() -> problem.apply(range)))
                  .ifPresent(found -> problems.putIfAbsent(name, found)));
    }
    return problems;
  }

  private static Optional<Range> ranges(Domain domain) {
    return domain instanceof Range range ? Optional.of(range) : Optional.empty();
  }

  private static Optional<String> ends(Range range) {
    if (!Double.isFinite(range.min()) || !Double.isFinite(range.max())) {
      return Optional.of(
          "min and max must be finite, got %s and %s".formatted(range.min(), range.max()));
    }
    boolean integers =
        Math.rint(range.min()) == range.min() && Math.rint(range.max()) == range.max();
    return range.whole() && !integers
        ? Optional.of(
            "min and max must be integers, got %s and %s".formatted(range.min(), range.max()))
        : Optional.empty();
  }
}
