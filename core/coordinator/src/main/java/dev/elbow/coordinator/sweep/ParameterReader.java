package dev.elbow.coordinator.sweep;

import dev.elbow.api.plugin.OptionType;
import dev.elbow.api.plugin.OptionType.Variant;
import dev.elbow.api.search.Domain;
import dev.elbow.coordinator.sweep.Value.Entry;
import dev.elbow.coordinator.sweep.Value.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what varies.
 *
 * @param layout the file
 * @param paths what each parameter stands for
 * @param problems to add to
 */
record ParameterReader(Layout layout, Map<String, List<String>> paths, Problems problems) {
  private static final OptionType LATENT = new OptionType.Whole(1, 4096);

  /** The parameters of each alternative. */
  List<List<Parameter>> alternatives() {
    return layout.alternatives().stream().map(this::parameters).toList();
  }

  private List<Parameter> parameters(Map<String, Entry> alternative) {
    List<Parameter> parameters = new ArrayList<>();
    alternative.forEach(
        (name, entry) -> {
          List<String> path = paths.get(name);
          if (path != null) {
            refuseSecond(name, path, entry, alternative);
            refuseFixed(name, path, entry);
            domain(name, path, entry, alternative)
                .ifPresent(
                    domain ->
                        parameters.add(
                            new Parameter(name, path, domain, Domains.varies(entry.value()))));
          }
        });
    return parameters;
  }

  private Optional<Domain> domain(
      String name, List<String> path, Entry entry, Map<String, Entry> alternative) {
    String place = "parameters." + name;
    List<OptionType> types = types(path, entry, place, alternative);
    return types.isEmpty()
        ? Optional.empty()
        : new Domains(problems).parse(types, entry.value(), place);
  }

  private List<OptionType> types(
      List<String> path, Entry entry, String place, Map<String, Entry> alternative) {
    if (path.size() == 1) {
      return List.of(LATENT);
    }
    Section section = Section.named(path.get(0)).orElseThrow();
    if (path.get(1).equals(Section.PLUGIN)) {
      return plugins(section, entry, place);
    }
    List<OptionType> types = new ArrayList<>();
    for (String plugin : layout.plugins(section, alternative)) {
      Optional<OptionType> type = section.type(layout.catalog(), plugin, path.get(1));
      if (type.isEmpty()) {
        String message =
            "%s '%s' has no option '%s'; give parameters as a list of maps, one for each %s"
                .formatted(section.name(), plugin, path.get(1), section.name());
        problems.add(entry.at(), place, message);
        return List.of();
      }
      types.add(type.get());
    }
    return path.size() == 2 ? types : inside(section, path, types, entry, alternative);
  }

  private List<OptionType> plugins(Section section, Entry entry, String place) {
    boolean known =
        Layout.values(entry.value())
            .allMatch(
                value ->
                    Plugins.known(
                        layout.catalog(), section.kind().orElseThrow(), value, place, problems));
    return known
        ? List.of(new OptionType.Choice(layout.catalog().names(section.kind().orElseThrow())))
        : List.of();
  }

  private List<OptionType> inside(
      Section section,
      List<String> path,
      List<OptionType> types,
      Entry entry,
      Map<String, Entry> alternative) {
    List<OptionType> found = new ArrayList<>();
    for (OptionType type : types) {
      Variant variant = (Variant) type;
      if (path.get(2).equals(Variant.NAME)) {
        found.add(new OptionType.Choice(List.copyOf(variant.ways().keySet())));
        continue;
      }
      for (String way : layout.ways(section, path.get(1), variant, alternative)) {
        Optional<OptionType> inner = option(variant, way, path.get(2));
        inner.ifPresent(found::add);
        if (inner.isEmpty()) {
          String message = "%s '%s' has no option '%s'".formatted(path.get(1), way, path.get(2));
          problems.add(entry.at(), "parameters." + String.join(".", path), message);
        }
      }
    }
    return found;
  }

  private static Optional<OptionType> option(Variant variant, String way, String name) {
    return variant.ways().get(way).stream()
        .filter(option -> option.name().equals(name))
        .map(dev.elbow.api.plugin.Option::type)
        .findFirst();
  }

  private void refuseSecond(
      String name, List<String> path, Entry entry, Map<String, Entry> alternative) {
    alternative.forEach(
        (other, first) -> {
          List<String> otherPath = paths.get(other);
          boolean earlier = first.at().compareTo(entry.at()) < 0;
          if (earlier && !other.equals(name) && otherPath != null && overlap(path, otherPath)) {
            problems.add(
                entry.at(),
                "parameters." + name,
                "varies the same as '%s' at %s".formatted(other, first.at()));
          }
        });
  }

  private static boolean overlap(List<String> a, List<String> b) {
    int length = Math.min(a.size(), b.size());
    return a.subList(0, length).equals(b.subList(0, length));
  }

  private void refuseFixed(String name, List<String> path, Entry entry) {
    fixed(path)
        .ifPresent(
            at ->
                problems.add(
                    entry.at(),
                    "parameters." + name,
                    "%s is fixed at %s and given here again, expected in one of the two places"
                        .formatted(String.join(".", path), at)));
  }

  private Optional<Position> fixed(List<String> path) {
    Optional<Section> section = Section.named(path.get(0));
    Entry given = section.map(layout::given).map(g -> g.get(path.get(1))).orElse(null);
    if (given == null) {
      return Optional.empty();
    }
    if (path.size() == 2) {
      return Optional.of(given.at());
    }
    if (given.value() instanceof Mapping mapping) {
      return Optional.ofNullable(mapping.entries().get(path.get(2))).map(Entry::at);
    }
    return path.get(2).equals(Variant.NAME) ? Optional.of(given.at()) : Optional.empty();
  }
}
