package dev.elbow.search;

import dev.elbow.api.search.SearchSpace;
import java.util.List;
import java.util.Map;

/** Configurations as search algorithms hand them out. */
final class Configurations {
  private Configurations() {}

  /** The values of {@code chosen} in the order of the space's names. */
  static List<Map.Entry<String, Object>> ordered(SearchSpace space, Map<String, Object> chosen) {
    return space.names().stream()
        .filter(chosen::containsKey)
        .map(name -> Map.entry(name, chosen.get(name)))
        .toList();
  }
}
