package dev.elbow.coordinator.sweep;

import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.OptionType.Variant;
import dev.elbow.api.plugin.Options;
import dev.elbow.catalog.Catalog;
import dev.elbow.coordinator.sweep.Value.Entry;
import dev.elbow.coordinator.sweep.Value.Mapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A sweep file as it is written, before its values are looked at: which sections give which
 * options, which alternatives of parameters there are, and which plugins each of these can meet.
 *
 * @param sections what each section gives, with {@code plugin}
 * @param alternatives the parameters of each alternative; at least one
 */
record Layout(
    Catalog catalog, Map<Section, Mapping> sections, List<Map<String, Entry>> alternatives) {

  /** What {@code section} gives; nothing if it is missing. */
  Map<String, Entry> given(Section section) {
    Mapping mapping = sections.get(section);
    return mapping == null ? Map.of() : mapping.entries();
  }

  /**
   * The installed plugins that a section can have in one alternative; one empty text for a section
   * without plugins.
   */
  Set<String> plugins(Section section, Map<String, Entry> alternative) {
    if (section.kind().isEmpty()) {
      return Set.of("");
    }
    Set<String> plugins = new LinkedHashSet<>();
    pluginValues(section, alternative)
        .map(Value::plain)
        .filter(plain -> catalog.names(section.kind().get()).contains(plain))
        .forEach(plain -> plugins.add((String) plain));
    return plugins;
  }

  /** The installed plugins that a section can have in any alternative. */
  Set<String> plugins(Section section) {
    Set<String> plugins = new LinkedHashSet<>();
    alternatives.forEach(alternative -> plugins.addAll(plugins(section, alternative)));
    return plugins;
  }

  private Stream<Value> pluginValues(Section section, Map<String, Entry> alternative) {
    Entry varied = alternative.get(section.name() + "." + Section.PLUGIN);
    Entry fixed = given(section).get(Section.PLUGIN);
    if (varied != null) {
      return values(varied.value());
    }
    return fixed == null ? Stream.empty() : Stream.of(fixed.value());
  }

  /** The single values of a parameter, none for a range. */
  static Stream<Value> values(Value value) {
    if (!(value instanceof Mapping mapping) || !Domains.describesDomain(mapping)) {
      return Stream.of(value);
    }
    Entry values = mapping.entries().get(Domains.VALUES);
    return values != null && values.value() instanceof Value.Sequence sequence
        ? sequence.items().stream()
        : Stream.empty();
  }

  /** The ways that a variant option can take in one alternative. */
  Set<String> ways(Section section, String option, Variant type, Map<String, Entry> alternative) {
    String selector = String.join(".", section.name(), option, Variant.NAME);
    Entry varied = alternative.get(selector);
    Stream<Object> names =
        varied != null
            ? values(varied.value()).map(Value::plain)
            : Stream.<Object>of(fixedWay(section, option));
    Set<String> ways = new LinkedHashSet<>();
    names.filter(type.ways()::containsKey).forEach(name -> ways.add((String) name));
    return ways;
  }

  private String fixedWay(Section section, String option) {
    Entry given = given(section).get(option);
    if (given != null && given.value() instanceof Mapping mapping) {
      Entry name = mapping.entries().get(Variant.NAME);
      return name == null ? "" : String.valueOf(name.value().plain());
    }
    return given != null
        ? String.valueOf(given.value().plain())
        : plugins(section).stream()
            .flatMap(plugin -> defaultValue(section, plugin, option).stream())
            .map(value -> String.valueOf(((Map<?, ?>) value).get(Variant.NAME)))
            .findFirst()
            .orElse("");
  }

  private Optional<Object> defaultValue(Section section, String plugin, String option) {
    return section.options(catalog, plugin).stream()
        .filter(declared -> declared.name().equals(option))
        .findFirst()
        .flatMap(Option::defaultValue);
  }

  /**
   * What each parameter stands for, by its name; a problem for each that stands for nothing or for
   * more than one option.
   */
  Map<String, List<String>> paths(Problems problems) {
    Map<String, List<String>> paths = new LinkedHashMap<>();
    for (Map<String, Entry> alternative : alternatives) {
      alternative.forEach(
          (name, entry) -> path(name, entry, problems).ifPresent(path -> paths.put(name, path)));
    }
    return paths;
  }

  private Optional<List<String>> path(String name, Entry entry, Problems problems) {
    List<List<String>> candidates = candidates(name);
    if (candidates.size() == 1) {
      return Optional.of(candidates.get(0));
    }
    String place = "parameters." + name;
    if (candidates.size() > 1) {
      List<String> dotted = candidates.stream().map(path -> String.join(".", path)).toList();
      problems.add(entry.at(), place, "stands for several, write " + String.join(" or ", dotted));
    } else if (Section.ALL.stream().allMatch(section -> known(section) || missed(section, name))) {
      problems.add(entry.at(), place, Options.unknown("parameter", name, names(name)));
    }
    return Optional.empty();
  }

  // An unknown plugin is a problem of its own: what its options are called cannot be told.
  private boolean known(Section section) {
    return !plugins(section).isEmpty();
  }

  private static boolean missed(Section section, String name) {
    return name.contains(".") && !name.startsWith(section.name() + ".");
  }

  private List<List<String>> candidates(String name) {
    if (name.equals(Parameter.LATENT)) {
      return List.of(List.of(name));
    }
    List<String> path = List.of(name.split("\\.", -1));
    if (path.size() == 1) {
      return Section.ALL.stream()
          .filter(section -> section.optionNames(catalog, plugins(section)).contains(name))
          .map(section -> List.of(section.name(), name))
          .toList();
    }
    return Section.named(path.get(0)).filter(section -> reaches(section, path)).stream()
        .map(section -> path)
        .toList();
  }

  private boolean reaches(Section section, List<String> path) {
    if (path.get(1).equals(Section.PLUGIN) && section.kind().isPresent()) {
      return path.size() == 2;
    }
    return plugins(section).stream()
        .flatMap(plugin -> section.type(catalog, plugin, path.get(1)).stream())
        .anyMatch(type -> path.size() == 2 || type instanceof Variant v && reaches(v, path));
  }

  private static boolean reaches(Variant type, List<String> path) {
    return path.size() == 3
        && (path.get(2).equals(Variant.NAME)
            || type.ways().values().stream()
                .flatMap(List::stream)
                .anyMatch(option -> option.name().equals(path.get(2))));
  }

  /** What could have been meant by {@code name}: dotted paths or bare names, as it is one. */
  private List<String> names(String name) {
    List<String> names = new ArrayList<>();
    for (Section section : Section.ALL) {
      String prefix = name.contains(".") ? section.name() + "." : "";
      section.optionNames(catalog, plugins(section)).forEach(option -> names.add(prefix + option));
      if (section.kind().isPresent() && !prefix.isEmpty()) {
        names.add(prefix + Section.PLUGIN);
      }
    }
    names.add(Parameter.LATENT);
    return names.stream().distinct().toList();
  }
}
