package dev.elbow.coordinator.sweep;

import dev.elbow.api.PluginChoice;
import dev.elbow.api.Training;
import dev.elbow.api.network.Likelihood;
import dev.elbow.api.plugin.Objective;
import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.OptionType.Variant;
import dev.elbow.api.plugin.Options;
import dev.elbow.catalog.Catalog;
import dev.elbow.catalog.Kind;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The sections of a sweep as far as they are fixed, and how chosen values complete them. Immutable.
 *
 * @param sections for each section its fixed options, {@code plugin} first where it is fixed
 */
record Blueprint(Catalog catalog, Map<Section, Map<String, Object>> sections) {
  private static final long DEFAULT_LATENT = 10;

  Blueprint {
    sections = Collections.unmodifiableMap(new LinkedHashMap<>(sections));
  }

  /** What is fixed of {@code section}. */
  Map<String, Object> fixed(Section section) {
    return sections.get(section);
  }

  /**
   * A section's plugin with all options.
   *
   * @param chosen the configuration's values, by path
   */
  PluginChoice plugin(Section section, Map<List<String>, Object> chosen) {
    Map<String, Object> raw = completed(section, chosen);
    String plugin = (String) raw.remove(Section.PLUGIN);
    section.own().forEach(option -> raw.remove(option.name()));
    List<Option> declared =
        section.options(catalog, plugin).stream().filter(o -> !section.own().contains(o)).toList();
    // A fixed option may be meant for another of the plugins that vary.
    raw.keySet().retainAll(declared.stream().map(Option::name).toList());
    return new PluginChoice(plugin, Options.check(declared, raw).orThrow());
  }

  /** How losses of a configuration are computed. */
  Likelihood likelihood(Map<List<String>, Object> chosen) {
    PluginChoice objective = plugin(Section.OBJECTIVE, chosen);
    Objective found = catalog.find(Kind.OBJECTIVE, objective.plugin()).orElseThrow();
    return found.likelihood(objective.options());
  }

  /** The share of training images that is set aside. */
  double validation(Map<List<String>, Object> chosen) {
    return own(chosen).real(Section.VALIDATION);
  }

  /** The classes that are left out. */
  List<String> without(Map<List<String>, Object> chosen) {
    return own(chosen).texts(Section.WITHOUT);
  }

  private Options own(Map<List<String>, Object> chosen) {
    Map<String, Object> raw = completed(Section.DATASET, chosen);
    raw.keySet().retainAll(Section.DATASET.own().stream().map(Option::name).toList());
    return Options.check(Section.DATASET.own(), raw).orThrow();
  }

  Training training(Map<List<String>, Object> chosen) {
    Map<String, Object> raw = completed(Section.TRAINING, chosen);
    return new Training(Options.check(Training.declared(), raw).orThrow());
  }

  int latent(Map<List<String>, Object> chosen) {
    Object latent = chosen.getOrDefault(List.of(Parameter.LATENT), DEFAULT_LATENT);
    return Math.toIntExact((Long) latent);
  }

  private Map<String, Object> completed(Section section, Map<List<String>, Object> chosen) {
    Map<String, Object> raw = new LinkedHashMap<>(sections.get(section));
    chosen.forEach(
        (path, value) -> {
          if (path.get(0).equals(section.name())) {
            put(raw, path.subList(1, path.size()), value);
          }
        });
    return raw;
  }

  private static void put(Map<String, Object> raw, List<String> path, Object value) {
    if (path.size() == 1) {
      raw.put(path.get(0), value);
      return;
    }
    Map<String, Object> inside = new LinkedHashMap<>();
    if (raw.get(path.get(0)) instanceof Map<?, ?> given) {
      given.forEach((key, item) -> inside.put((String) key, item));
    }
    inside.put(path.get(1), value);
    raw.put(path.get(0), inside);
  }

  /** A variant option's fixed value without what varies inside it. */
  static Object without(Object value, List<String> varied) {
    if (varied.isEmpty() || !(value instanceof Map<?, ?> map) || varied.contains(Variant.NAME)) {
      return value;
    }
    Map<String, Object> rest = new LinkedHashMap<>();
    map.forEach((key, item) -> rest.put((String) key, item));
    rest.keySet().removeAll(varied);
    return rest;
  }
}
