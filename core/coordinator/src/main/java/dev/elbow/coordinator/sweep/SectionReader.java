package dev.elbow.coordinator.sweep;

import dev.elbow.api.Training;
import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.OptionType;
import dev.elbow.api.plugin.OptionType.Variant;
import dev.elbow.api.plugin.Options;
import dev.elbow.coordinator.sweep.Value.Entry;
import dev.elbow.coordinator.sweep.Value.Mapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads what the sections fix.
 *
 * @param layout the file
 * @param paths what each parameter stands for
 * @param problems to add to
 */
record SectionReader(Layout layout, Map<String, List<String>> paths, Problems problems) {

  /** What is fixed in every section, defaults included where nothing of an option varies. */
  Blueprint blueprint() {
    Map<Section, Map<String, Object>> fixed = new LinkedHashMap<>();
    Section.ALL.forEach(section -> fixed.put(section, fixed(section)));
    refuseTrainingConflicts();
    return new Blueprint(layout.catalog(), fixed);
  }

  private Map<String, Object> fixed(Section section) {
    Map<String, Object> given = given(section);
    layout.alternatives().forEach(alternative -> refuseMissing(section, alternative));
    Entry plugin = layout.given(section).get(Section.PLUGIN);
    Set<String> plugins = layout.plugins(section);
    if (section.kind().isPresent() && (plugin == null || plugins.size() != 1)) {
      return given;
    }
    Map<String, Object> fixed = new LinkedHashMap<>();
    section.kind().ifPresent(kind -> fixed.put(Section.PLUGIN, plugin.value().plain()));
    section
        .options(layout.catalog(), plugins.iterator().next())
        .forEach(option -> complete(section, option, given, fixed));
    return fixed;
  }

  private void complete(
      Section section, Option option, Map<String, Object> given, Map<String, Object> fixed) {
    List<String> path = List.of(section.name(), option.name());
    List<String> inside = variedInside(path);
    boolean isGiven = given.containsKey(option.name());
    boolean varies = paths.containsValue(path) || inside.contains(Variant.NAME);
    if (isGiven || !varies && !uncounted(section, option)) {
      Optional.ofNullable(given.get(option.name()))
          .or(option::defaultValue)
          .ifPresent(value -> fixed.put(option.name(), Blueprint.without(value, inside)));
    }
  }

  private List<String> variedInside(List<String> path) {
    return paths.values().stream()
        .filter(other -> other.size() == 3 && other.subList(0, 2).equals(path))
        .map(other -> other.get(2))
        .toList();
  }

  // A file must not give epochs and steps both, so only that which counts is written out.
  private boolean uncounted(Section section, Option option) {
    boolean steps = trainingNames().contains("steps");
    return section.equals(Section.TRAINING)
        && (steps ? Set.of("epochs") : Set.of("steps", "evaluateEvery")).contains(option.name());
  }

  private Map<String, Object> given(Section section) {
    Map<String, Object> values = new LinkedHashMap<>();
    Set<String> plugins = layout.plugins(section);
    layout.given(section).entrySet().stream()
        .filter(entry -> section.kind().isEmpty() || !entry.getKey().equals(Section.PLUGIN))
        .forEach(
            entry ->
                value(section, plugins, entry.getKey(), entry.getValue())
                    .ifPresent(value -> values.put(entry.getKey(), value)));
    return values;
  }

  private Optional<Object> value(Section section, Set<String> plugins, String name, Entry entry) {
    List<OptionType> types =
        plugins.stream()
            .flatMap(plugin -> section.type(layout.catalog(), plugin, name).stream())
            .distinct()
            .toList();
    String place = section.name() + "." + name;
    if (types.isEmpty()) {
      refuseUnknown(section, plugins, name, entry);
      return Optional.empty();
    }
    if (entry.value() instanceof Mapping mapping && Domains.describesDomain(mapping)) {
      problems.add(mapping.at(), place, "what varies belongs into the section parameters");
      return Optional.empty();
    }
    TypedValues typed = new TypedValues(problems);
    List<Optional<Object>> parsed =
        types.stream().map(type -> typed.parse(type, entry.value(), place)).toList();
    return parsed.stream().allMatch(Optional::isPresent) ? parsed.get(0) : Optional.empty();
  }

  private void refuseUnknown(Section section, Set<String> plugins, String name, Entry entry) {
    if (!plugins.isEmpty()) {
      List<String> known = new ArrayList<>(section.optionNames(layout.catalog(), plugins));
      problems.add(entry.at(), section.name() + "." + name, Options.unknown("option", name, known));
    }
  }

  private void refuseMissing(Section section, Map<String, Entry> alternative) {
    for (String plugin : layout.plugins(section, alternative)) {
      section.options(layout.catalog(), plugin).stream()
          .filter(option -> option.defaultValue().isEmpty())
          .filter(option -> !layout.given(section).containsKey(option.name()))
          .filter(option -> !gives(alternative, List.of(section.name(), option.name())))
          .forEach(option -> missing(section, option));
    }
  }

  private boolean gives(Map<String, Entry> alternative, List<String> path) {
    return alternative.keySet().stream().anyMatch(name -> path.equals(paths.get(name)));
  }

  private void missing(Section section, Option option) {
    Mapping mapping = layout.sections().get(section);
    problems.add(
        mapping == null ? Position.NONE : mapping.at(),
        section.name() + "." + option.name(),
        "missing, expected " + option.type().expected());
  }

  private Set<String> trainingNames() {
    Stream<String> varied =
        paths.values().stream()
            .filter(path -> path.get(0).equals(Section.TRAINING.name()))
            .map(path -> path.get(1));
    return Stream.concat(layout.given(Section.TRAINING).keySet().stream(), varied)
        .collect(Collectors.toSet());
  }

  private void refuseTrainingConflicts() {
    for (Options.Problem problem : Training.problems(trainingNames())) {
      Entry entry = layout.given(Section.TRAINING).get(problem.option());
      Mapping section = layout.sections().get(Section.TRAINING);
      Position at = entry != null ? entry.at() : section != null ? section.at() : Position.NONE;
      problems.add(at, "training." + problem.option(), problem.message());
    }
  }
}
