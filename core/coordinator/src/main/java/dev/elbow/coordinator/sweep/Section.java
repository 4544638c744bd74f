package dev.elbow.coordinator.sweep;

import dev.elbow.api.Training;
import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.OptionType;
import dev.elbow.api.plugin.Plugin;
import dev.elbow.catalog.Catalog;
import dev.elbow.catalog.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A section of the sweep file whose options can vary.
 *
 * @param name its key
 * @param kind of the plugin that it names; empty for a section without plugin
 * @param own options that it has whatever the plugin
 */
record Section(String name, Optional<Kind<?>> kind, List<Option> own) {
  /** The key that names the plugin. */
  static final String PLUGIN = "plugin";

  /** An option of the dataset that Elbow itself reads. */
  static final String VALIDATION = "validation";

  /** Likewise. */
  static final String WITHOUT = "without";

  static final Section DATASET =
      new Section(Kind.DATASET.name(), Optional.of(Kind.DATASET), List.of(validation(), without()));
  static final Section ENCODER = of(Kind.ENCODER);
  static final Section DECODER = of(Kind.DECODER);
  static final Section OBJECTIVE = of(Kind.OBJECTIVE);
  static final Section TRAINING = new Section("training", Optional.empty(), Training.declared());

  /** Every section, in the order of the file. */
  static final List<Section> ALL = List.of(DATASET, ENCODER, DECODER, OBJECTIVE, TRAINING);

  private static Section of(Kind<?> kind) {
    return new Section(kind.name(), Optional.of(kind), List.of());
  }

  private static Option validation() {
    return Option.real(VALIDATION, 0, 0.99, 0, "Share of the training images that is set aside.");
  }

  private static Option without() {
    return Option.labels(
        WITHOUT, "Labels of classes whose images are neither trained on nor count in losses.");
  }

  static Optional<Section> named(String name) {
    return ALL.stream().filter(section -> section.name().equals(name)).findFirst();
  }

  /** Its options with a plugin; {@code plugin} is empty text for a section without one. */
  List<Option> options(Catalog catalog, String plugin) {
    List<Option> options = new ArrayList<>();
    kind.flatMap(found -> catalog.find(found, plugin))
        .map(Plugin::options)
        .ifPresent(options::addAll);
    options.addAll(own);
    return options;
  }

  /** The names of the options that at least one of {@code plugins} has. */
  Set<String> optionNames(Catalog catalog, Set<String> plugins) {
    return plugins.stream()
        .flatMap(plugin -> options(catalog, plugin).stream())
        .map(Option::name)
        .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
  }

  /** The type of an option with a plugin, if it has that option. */
  Optional<OptionType> type(Catalog catalog, String plugin, String option) {
    return options(catalog, plugin).stream()
        .filter(declared -> declared.name().equals(option))
        .map(Option::type)
        .findFirst();
  }
}
