package dev.elbow.coordinator.sweep;

import dev.elbow.api.PluginChoice;
import dev.elbow.api.Vae;
import dev.elbow.api.network.Shape;
import dev.elbow.api.plugin.OptionType;
import dev.elbow.api.search.Domain;
import dev.elbow.catalog.Catalog;
import dev.elbow.catalog.Kind;
import dev.elbow.coordinator.sweep.Value.Mapping;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Looks at the figures of an objective (β, σ), which make no model of their own: describes the
 * losses alone, with each value that a figure can have and with the ends of each range. For one
 * sweep.
 */
final class FigureCheck {
  /** So that no file of vast lists keeps its reader for minutes. */
  private static final int MOST_LOOKS = 1_000_000;

  private final Definition definition;
  private final Catalog catalog;
  private final Mapping root;
  private final Problems problems;
  private final Set<Map<List<String>, Object>> seen = new HashSet<>();
  private final Set<Position> refused = new HashSet<>();
  private int looks;

  FigureCheck(Definition definition, Catalog catalog, Mapping root, Problems problems) {
    this.definition = definition;
    this.catalog = catalog;
    this.root = root;
    this.problems = problems;
  }

  /**
   * A value that a figure can have, and where it stands.
   *
   * @param path of the figure
   */
  private record Candidate(List<String> path, Object value, Position at, String place) {}

  /** Whether {@code path} is that of a figure: what an objective declares as a plain number. */
  boolean figure(List<String> path) {
    return objective(path)
        && catalog.names(Kind.OBJECTIVE).stream()
            .flatMap(plugin -> Section.OBJECTIVE.type(catalog, plugin, path.get(1)).stream())
            .anyMatch(OptionType.Real.class::isInstance);
  }

  private static boolean objective(List<String> path) {
    return path.get(0).equals(Section.OBJECTIVE.name());
  }

  /**
   * Looks at the figures that go with a model, unless that was done for its objective.
   *
   * @param image the shape of the model's images
   * @param chosen what decides the model, by path
   */
  void check(Shape image, Map<List<String>, Object> chosen) {
    Map<List<String>, Object> objective = new LinkedHashMap<>(chosen);
    objective.keySet().removeIf(path -> !objective(path));
    if (seen.add(objective)) {
      IntStream.range(0, definition.alternatives().size())
          .filter(alternative -> fits(objective, alternative))
          .boxed()
          .flatMap(this::candidates)
          .forEach(candidate -> look(image, objective, candidate));
    }
  }

  private boolean fits(Map<List<String>, Object> objective, int alternative) {
    return definition.alternatives().get(alternative).stream()
        .map(Parameter::path)
        .filter(path -> objective(path) && !figure(path))
        .collect(Collectors.toSet())
        .equals(objective.keySet());
  }

  private Stream<Candidate> candidates(int alternative) {
    return definition.alternatives().get(alternative).stream()
        .filter(parameter -> figure(parameter.path()))
        .flatMap(parameter -> candidates(parameter, written(parameter.name(), alternative)));
  }

  private Value written(String parameter, int alternative) {
    Value parameters = root.entries().get("parameters").value();
    Value own =
        parameters instanceof Value.Sequence list ? list.items().get(alternative) : parameters;
    return ((Mapping) own).entries().get(parameter).value();
  }

  private static Stream<Candidate> candidates(Parameter parameter, Value written) {
    String place = "parameters." + parameter.name();
    if (parameter.domain() instanceof Domain.Range range) {
      Mapping ends = (Mapping) written;
      return Stream.of(
          end(parameter, range.min(), ends, Domains.MIN),
          end(parameter, range.max(), ends, Domains.MAX));
    }
    List<Object> values = ((Domain.Values) parameter.domain()).values();
    List<Value> places = Layout.values(written).toList();
    return IntStream.range(0, values.size())
        .mapToObj(i -> new Candidate(parameter.path(), values.get(i), places.get(i).at(), place));
  }

  private static Candidate end(Parameter parameter, double value, Mapping ends, String key) {
    String place = "parameters.%s.%s".formatted(parameter.name(), key);
    return new Candidate(parameter.path(), value, ends.entries().get(key).value().at(), place);
  }

  private void look(Shape image, Map<List<String>, Object> objective, Candidate candidate) {
    if (refused.contains(candidate.at()) || ++looks > MOST_LOOKS) {
      return;
    }
    Map<List<String>, Object> chosen = new LinkedHashMap<>(objective);
    chosen.put(candidate.path(), candidate.value());
    PluginChoice choice = definition.blueprint().plugin(Section.OBJECTIVE, chosen);
    try {
      Vae.losses(
          image,
          1,
          new Vae.Part<>(
              catalog.find(Kind.OBJECTIVE, choice.plugin()).orElseThrow(), choice.options()));
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      refused.add(candidate.at());
      problems.add(candidate.at(), candidate.place(), Models.message(e));
    }
  }
}
