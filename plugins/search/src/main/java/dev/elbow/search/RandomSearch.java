package dev.elbow.search;

import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.Options;
import dev.elbow.api.plugin.SearchAlgorithm;
import dev.elbow.api.search.Domain;
import dev.elbow.api.search.SearchSpace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Configurations drawn independently of each other (Bergstra and Bengio 2012): more trials add to
 * those that there were, and a further parameter changes no other's values. Where the space has
 * alternatives, each is as likely.
 */
public final class RandomSearch implements SearchAlgorithm {
  private static final List<Option> OPTIONS =
      List.of(
          Option.whole("trials", 1, 1_000_000_000, 10, "How many configurations are drawn."),
          Option.whole(
              "seed", Long.MIN_VALUE, Long.MAX_VALUE, 0, "Another seed, other configurations."));

  @Override
  public String name() {
    return "random";
  }

  @Override
  public String description() {
    return "Configurations drawn evenly from the whole space, as many as asked for.";
  }

  @Override
  public List<Option> options() {
    return OPTIONS;
  }

  @Override
  public Map<String, String> problems(SearchSpace space, Options options) {
    return Problems.of(space, Sequence::problem);
  }

  @Override
  public long count(SearchSpace space, Options options) {
    return options.whole("trials");
  }

  @Override
  public List<Map.Entry<String, Object>> configuration(
      SearchSpace space, Options options, long index) {
    if (index < 0 || index >= count(space, options)) {
      throw new IndexOutOfBoundsException(
          "configuration %d of %d".formatted(index, count(space, options)));
    }
    long seed = options.whole("seed");
    List<Map<String, Domain>> alternatives = space.alternatives();
    // No parameter has an empty name, so this draw is independent of all others.
    int size = alternatives.size();
    long alternative = size == 1 ? 0 : Draw.of(seed, index, "").below(size);
    Map<String, Object> chosen = new LinkedHashMap<>();
    alternatives
        .get((int) alternative)
        .forEach((name, domain) -> chosen.put(name, Draw.of(seed, index, name).from(domain)));
    return Configurations.ordered(space, chosen);
  }
}
