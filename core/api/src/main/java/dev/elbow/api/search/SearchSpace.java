package dev.elbow.api.search;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a sweep varies.
 *
 * @param alternatives one or more sets of parameters, of which a configuration takes exactly one;
 *     each maps the parameter's name as the sweep file writes it to its domain, in file order
 */
public record SearchSpace(List<Map<String, Domain>> alternatives) {
  public SearchSpace {
    if (alternatives.isEmpty()) {
      throw new IllegalArgumentException("a search space needs at least one alternative");
    }
    alternatives = alternatives.stream().<Map<String, Domain>>map(LinkedHashMap::new).toList();
  }

  /** The names of all parameters, in the order of first mention. */
  public List<String> names() {
    return alternatives.stream()
        .flatMap(alternative -> alternative.keySet().stream())
        .distinct()
        .toList();
  }
}
