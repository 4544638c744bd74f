package dev.elbow.coordinator.sweep;

import dev.elbow.api.plugin.Options;
import dev.elbow.api.plugin.SearchAlgorithm;
import dev.elbow.api.search.Domain;
import dev.elbow.api.search.SearchSpace;
import dev.elbow.catalog.Catalog;
import dev.elbow.catalog.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The configurations of a sweep, each computed when it is asked for. Immutable.
 *
 * @param algorithm that chooses them
 * @param options of the algorithm
 * @param space that they are chosen from
 * @param paths what each parameter of the space stands for
 */
record Configurations(
    SearchAlgorithm algorithm,
    Options options,
    SearchSpace space,
    Map<String, List<String>> paths) {

  static Configurations of(Definition definition, Catalog catalog) {
    SearchAlgorithm algorithm =
        catalog.find(Kind.SEARCH, definition.search().plugin()).orElseThrow();
    Map<String, List<String>> paths =
        definition.alternatives().stream()
            .flatMap(List::stream)
            .collect(Collectors.toMap(Parameter::name, Parameter::path, (first, same) -> first));
    List<Map<String, Domain>> alternatives =
        definition.alternatives().stream().map(Configurations::domains).toList();
    return new Configurations(
        algorithm, definition.search().options(), new SearchSpace(alternatives), paths);
  }

  private static Map<String, Domain> domains(List<Parameter> alternative) {
    Map<String, Domain> domains = new LinkedHashMap<>();
    alternative.forEach(parameter -> domains.put(parameter.name(), parameter.domain()));
    return domains;
  }

  /** What of the space the algorithm cannot search, by parameter. */
  Map<String, String> problems() {
    return algorithm.problems(space, options);
  }

  /** How many there are; {@link Long#MAX_VALUE} for anything beyond. */
  long count() {
    return algorithm.count(space, options);
  }

  /** The values of one configuration, by parameter, in file order. */
  Map<String, Object> values(long index) {
    Map<String, Object> values = new LinkedHashMap<>();
    algorithm
        .configuration(space, options, index)
        .forEach(value -> values.put(value.getKey(), value.getValue()));
    return values;
  }

  /** The values of a configuration by what they stand for. */
  Map<List<String>, Object> byPath(Map<String, Object> values) {
    Map<List<String>, Object> chosen = new LinkedHashMap<>();
    values.forEach((name, value) -> chosen.put(paths.get(name), value));
    return chosen;
  }
}
