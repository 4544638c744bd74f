package dev.elbow.search;

import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.Options;
import dev.elbow.api.plugin.SearchAlgorithm;
import dev.elbow.api.search.Domain;
import dev.elbow.api.search.Domain.Range;
import dev.elbow.api.search.Domain.Scale;
import dev.elbow.api.search.SearchSpace;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every combination of values once, the first parameter slowest; where the space has alternatives,
 * one after the other.
 */
public final class GridSearch implements SearchAlgorithm {
  private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

  @Override
  public String name() {
    return "grid";
  }

  @Override
  public String description() {
    return "Every combination of the parameters' values, the first parameter slowest.";
  }

  @Override
  public List<Option> options() {
    return List.of();
  }

  @Override
  public Map<String, String> problems(SearchSpace space, Options options) {
    return Problems.of(space, GridSearch::problem);
  }

  private static Optional<String> problem(Range range) {
    if (range.step().isPresent()) {
      return Sequence.problem(range);
    }
    if (range.scale() == Scale.LOG) {
      return Optional.of(
          "a grid cannot walk along a log scale; give {values: [...]}, or search: random");
    }
    return range.whole()
        ? Optional.empty()
        : Optional.of(
            "a grid needs to know which values lie between min and max; give 'step' or"
                + " {values: [...]}, or search: random");
  }

  @Override
  public long count(SearchSpace space, Options options) {
    return space.alternatives().stream()
        .map(GridSearch::size)
        .reduce(BigInteger.ZERO, BigInteger::add)
        .min(MOST)
        .longValueExact();
  }

  private static BigInteger size(Map<String, Domain> alternative) {
    return alternative.values().stream()
        .map(domain -> BigInteger.valueOf(values(domain).size()))
        .reduce(BigInteger.ONE, BigInteger::multiply);
  }

  @Override
  public List<Map.Entry<String, Object>> configuration(
      SearchSpace space, Options options, long index) {
    BigInteger rest = BigInteger.valueOf(index);
    for (Map<String, Domain> alternative : space.alternatives()) {
      BigInteger size = size(alternative);
      if (rest.compareTo(size) < 0) {
        return Configurations.ordered(space, combination(alternative, rest));
      }
      rest = rest.subtract(size);
    }
    throw new IndexOutOfBoundsException(
        "configuration %d of %d".formatted(index, count(space, options)));
  }

  /** The digits of {@code number}, the last parameter's value being the lowest. */
  private static Map<String, Object> combination(
      Map<String, Domain> alternative, BigInteger number) {
    Map<String, Object> chosen = new LinkedHashMap<>();
    BigInteger rest = number;
    BigInteger block = size(alternative);
    for (Map.Entry<String, Domain> parameter : alternative.entrySet()) {
      Sequence values = values(parameter.getValue());
      block = block.divide(BigInteger.valueOf(values.size()));
      BigInteger[] split = rest.divideAndRemainder(block);
      chosen.put(parameter.getKey(), values.get(split[0].longValueExact()));
      rest = split[1];
    }
    return chosen;
  }

  private static Sequence values(Domain domain) {
    return Sequence.of(domain)
        .orElseThrow(() -> new IllegalArgumentException("a grid cannot search " + domain));
  }
}
