package dev.elbow.coordinator.sweep;

import dev.elbow.api.PluginChoice;
import dev.elbow.api.plugin.Score;
import dev.elbow.api.score.ScoreChoice;
import dev.elbow.catalog.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a sweep file says, checked for itself: neither data nor models were looked at.
 *
 * @param name of the sweep
 * @param notes description and tags, free values that decide nothing
 * @param blueprint what is fixed
 * @param alternatives what varies; at least one, and an empty one where nothing does
 * @param search the search algorithm
 * @param goal what decides which trial is best
 * @param seeds at least one
 * @param scores by which trained models are judged
 */
record Definition(
    String name,
    Map<String, Object> notes,
    Blueprint blueprint,
    List<List<Parameter>> alternatives,
    PluginChoice search,
    Goal goal,
    List<Long> seeds,
    List<ScoreChoice> scores) {
  static final String DESCRIPTION = "description";
  static final String TAGS = "tags";

  /** Free text; empty if there is none. */
  String description() {
    return Objects.toString(notes.get(DESCRIPTION), "");
  }

  /** Free words; a value that is no list is one word. */
  List<String> tags() {
    Object given = notes.get(TAGS);
    List<?> all = given instanceof List<?> list ? list : given == null ? List.of() : List.of(given);
    return all.stream().map(String::valueOf).toList();
  }

  /** The file with every default written out, without notes: equal exactly for equal sweeps. */
  Map<String, Object> canonical() {
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("name", name);
    Section.ALL.forEach(section -> file.put(section.name(), blueprint.fixed(section)));
    List<Map<String, Object>> spaces = alternatives.stream().map(Definition::plain).toList();
    if (spaces.size() > 1 || !spaces.get(0).isEmpty()) {
      file.put("parameters", spaces.size() == 1 ? spaces.get(0) : spaces);
    }
    file.put("search", section(search));
    String column = goal.instead().orElse(goal.column());
    file.put("goal", Map.of(goal.direction().word(), column));
    file.put("seeds", seeds);
    if (!scores.isEmpty()) {
      file.put(ScoreReader.SCORES, scores.stream().map(s -> section(s.choice())).toList());
    }
    return file;
  }

  private static Map<String, Object> section(PluginChoice choice) {
    Map<String, Object> section = new LinkedHashMap<>();
    section.put(Section.PLUGIN, choice.plugin());
    section.putAll(choice.options().values());
    return section;
  }

  private static Map<String, Object> plain(List<Parameter> parameters) {
    Map<String, Object> plain = new LinkedHashMap<>();
    parameters.forEach(parameter -> plain.put(parameter.name(), Domains.plain(parameter)));
    return plain;
  }

  /** The parameter of that name, in whichever alternative it is. */
  Optional<Parameter> parameter(String name) {
    return alternatives.stream()
        .flatMap(List::stream)
        .filter(parameter -> parameter.name().equals(name))
        .findFirst();
  }

  /**
   * The names of the parameters that vary, in the order of first mention. One with a plain value
   * varies if not every alternative has it with that value.
   */
  List<String> columns() {
    return alternatives.stream()
        .flatMap(List::stream)
        .filter(parameter -> parameter.varies() || !everywhere(parameter))
        .map(Parameter::name)
        .distinct()
        .toList();
  }

  /** The columns of the scores, in file order. */
  List<String> scoreColumns() {
    return scores.stream().flatMap(score -> score.columns(plugin(score)).stream()).toList();
  }

  private Score plugin(ScoreChoice score) {
    return blueprint.catalog().find(Kind.SCORE, score.choice().plugin()).orElseThrow();
  }

  private boolean everywhere(Parameter parameter) {
    return alternatives.stream().allMatch(alternative -> alternative.contains(parameter));
  }
}
