package dev.elbow.coordinator.sweep;

import dev.elbow.api.PluginChoice;
import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.OptionType;
import dev.elbow.api.plugin.Options;
import dev.elbow.api.score.ScoreChoice;
import dev.elbow.catalog.Catalog;
import dev.elbow.catalog.Kind;
import dev.elbow.coordinator.sweep.Value.Entry;
import dev.elbow.coordinator.sweep.Value.Mapping;
import dev.elbow.messaging.TrialDocument;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** From the values of a file to a definition, or to all problems of the file. For one file. */
final class SweepParser {
  private static final List<String> NOTES = List.of(Definition.DESCRIPTION, Definition.TAGS);
  private static final List<String> KEYS =
      List.of(
          "name",
          "description",
          "tags",
          "dataset",
          "encoder",
          "decoder",
          "objective",
          "training",
          "parameters",
          "search",
          "goal",
          "seeds",
          ScoreReader.SCORES);
  private static final String NAME = "[a-z0-9][a-z0-9._-]{0,62}";
  private static final OptionType SEEDS =
      new OptionType.ListOf(new OptionType.Whole(0, Long.MAX_VALUE), 1, 1_000_000);

  private final Catalog catalog;
  private final Mapping root;
  private final Problems problems;
  private final Set<String> meant = new HashSet<>();
  private boolean complete = true;

  SweepParser(Catalog catalog, Mapping root, Problems problems) {
    this.catalog = catalog;
    this.root = root;
    this.problems = problems;
  }

  /**
   * The definition; whatever has problems is left out or has a default, so it is of use only where
   * {@link Problems} has none for what is asked of it.
   */
  Definition parse() {
    refuseUnknownKeys();
    Layout layout = new Layout(catalog, sections(), alternatives());
    Section.ALL.forEach(section -> refuseWithoutPlugin(section, layout));
    Map<String, List<String>> paths = layout.paths(problems);
    Blueprint blueprint = new SectionReader(layout, paths, problems).blueprint();
    List<List<Parameter>> parameters = new ParameterReader(layout, paths, problems).alternatives();
    Goal goal = new GoalReader(problems).read(value("goal"), split(blueprint, parameters));
    return new Definition(
        name(), notes(), blueprint, parameters, search(), goal, seeds(), scores());
  }

  /** Whether every section has a plugin, so that models can be looked at. */
  boolean complete() {
    return complete;
  }

  private Optional<Value> value(String key) {
    return Optional.ofNullable(root.entries().get(key)).map(Entry::value);
  }

  private void refuseUnknownKeys() {
    boolean trial = root.entries().containsKey(TrialDocument.TRIAL);
    root.entries()
        .forEach(
            (key, entry) -> {
              boolean extra = trial && TrialDocument.EXTRA_KEYS.contains(key);
              if (!extra && !KEYS.contains(key)) {
                refuseUnknown(key, entry);
              }
            });
  }

  private void refuseUnknown(String key, Entry entry) {
    String message = Options.unknown("key", key, KEYS);
    problems.add(entry.at(), key, message);
    KEYS.stream().filter(known -> message.endsWith("'" + known + "'?")).forEach(meant::add);
  }

  private String name() {
    Optional<Value> given = value("name");
    if (given.isEmpty()) {
      missing("name", "missing, expected the sweep's name");
      return "";
    }
    if (given.get().plain() instanceof String name && name.matches(NAME)) {
      return name;
    }
    String expected =
        "expected lower-case letters, digits, '.', '_' and '-', at most 63, the first a letter or"
            + " digit";
    problems.add(given.get().at(), "name", "got '%s', %s".formatted(given.get().plain(), expected));
    return "";
  }

  // A key that was mistyped is one problem, not two.
  private void missing(String key, String message) {
    if (!meant.contains(key)) {
      problems.add(root.at(), key, message);
    }
  }

  private Map<String, Object> notes() {
    Map<String, Object> notes = new LinkedHashMap<>();
    NOTES.forEach(key -> value(key).ifPresent(value -> notes.put(key, value.plain())));
    return notes;
  }

  private List<Long> seeds() {
    Optional<Value> given = value("seeds");
    Optional<Object> parsed =
        given.flatMap(value -> new TypedValues(problems).parse(SEEDS, value, "seeds"));
    if (parsed.isEmpty()) {
      return List.of(1L);
    }
    List<Long> seeds = ((List<?>) parsed.get()).stream().map(Long.class::cast).toList();
    if (new HashSet<>(seeds).size() < seeds.size()) {
      problems.add(given.get().at(), "seeds", "a seed is given twice");
    }
    return seeds;
  }

  private List<ScoreChoice> scores() {
    return new ScoreReader(catalog, problems)
        .read(value(ScoreReader.SCORES)).stream().map(ScoreReader.Placed::score).toList();
  }

  private Map<Section, Mapping> sections() {
    Map<Section, Mapping> sections = new LinkedHashMap<>();
    for (Section section : Section.ALL) {
      value(section.name())
          .flatMap(value -> section(value, section.name(), section.kind().isPresent()))
          .ifPresent(mapping -> sections.put(section, mapping));
    }
    return sections;
  }

  /** A section as a map; the name of a plugin alone stands for that plugin without options. */
  private Optional<Mapping> section(Value value, String place, boolean plugin) {
    if (value instanceof Mapping mapping) {
      return Optional.of(mapping);
    }
    if (plugin && value.plain() instanceof String) {
      Entry name = new Entry(value.at(), value);
      return Optional.of(new Mapping(value.at(), Map.of(Section.PLUGIN, name)));
    }
    String expected = plugin ? "expected a map with the key 'plugin'" : "expected a map of options";
    problems.add(value.at(), place, "%s, got %s".formatted(expected, value.plain()));
    return Optional.empty();
  }

  private List<Map<String, Entry>> alternatives() {
    Optional<Value> given = value("parameters");
    if (given.isEmpty()) {
      return List.of(Map.of());
    }
    List<Value> maps =
        given.get() instanceof Value.Sequence sequence ? sequence.items() : List.of(given.get());
    List<Map<String, Entry>> alternatives = new ArrayList<>();
    for (Value map : maps) {
      if (map instanceof Mapping mapping && !mapping.entries().isEmpty()) {
        alternatives.add(mapping.entries());
      } else {
        refuseAlternative(map);
      }
    }
    if (maps.isEmpty()) {
      refuseAlternative(given.get());
    }
    return alternatives.isEmpty() ? List.of(Map.of()) : alternatives;
  }

  private void refuseAlternative(Value value) {
    boolean empty = value instanceof Mapping || value instanceof Value.Sequence;
    String message =
        empty
            ? "is empty, expected at least one parameter; without this key one configuration is"
                + " trained"
            : "expected a map from parameter to values, got " + value.plain();
    problems.add(value.at(), "parameters", message);
  }

  private void refuseWithoutPlugin(Section section, Layout layout) {
    if (section.kind().isEmpty()) {
      return;
    }
    Kind<?> kind = section.kind().get();
    String place = section.name() + "." + Section.PLUGIN;
    Entry fixed = layout.given(section).get(Section.PLUGIN);
    if (fixed != null) {
      Plugins.known(catalog, kind, fixed.value(), place, problems);
    } else if (!layout.alternatives().stream().allMatch(a -> a.containsKey(place))) {
      refuseMissingPlugin(section, layout, kind);
    }
  }

  private void refuseMissingPlugin(Section section, Layout layout, Kind<?> kind) {
    complete = false;
    String expected = "expected one of " + String.join(", ", catalog.names(kind));
    Mapping mapping = layout.sections().get(section);
    if (mapping != null) {
      String place = section.name() + "." + Section.PLUGIN;
      problems.add(mapping.at(), place, "missing, " + expected);
    } else if (!problems.touch(section.name())) {
      missing(section.name(), "missing; its plugin is " + expected);
    }
  }

  private PluginChoice search() {
    Optional<Value> given = value("search");
    Mapping section = given.flatMap(value -> section(value, "search", true)).orElse(grid());
    Entry plugin = section.entries().get(Section.PLUGIN);
    if (plugin == null) {
      String expected = String.join(", ", catalog.names(Kind.SEARCH));
      problems.add(section.at(), "search.plugin", "missing, expected one of " + expected);
    } else if (Plugins.known(catalog, Kind.SEARCH, plugin.value(), "search.plugin", problems)) {
      return search((String) plugin.value().plain(), section);
    }
    return new PluginChoice("", new Options(Map.of()));
  }

  private PluginChoice search(String plugin, Mapping section) {
    List<Option> declared = catalog.find(Kind.SEARCH, plugin).orElseThrow().options();
    int before = problems.count();
    Map<String, Object> values =
        new TypedValues(problems)
            .parse(declared, section.without(Section.PLUGIN).entries(), "search");
    Options.Checked checked = Options.check(declared, values);
    if (problems.count() == before) {
      checked
          .problems()
          .forEach(p -> problems.add(section.at(), "search." + p.option(), p.message()));
    }
    return new PluginChoice(plugin, checked.options());
  }

  private static Mapping grid() {
    return (Mapping) Value.of(Map.of(Section.PLUGIN, "grid"));
  }

  // Images are set aside in every trial, or a trial without them would have no figure to compare.
  private static boolean split(Blueprint blueprint, List<List<Parameter>> alternatives) {
    Object fixed = blueprint.fixed(Section.DATASET).get(Section.VALIDATION);
    List<String> path = List.of(Section.DATASET.name(), Section.VALIDATION);
    boolean always = fixed instanceof Double share && share > 0;
    return alternatives.stream()
        .allMatch(
            alternative ->
                alternative.stream()
                    .filter(parameter -> parameter.path().equals(path))
                    .findFirst()
                    .map(SweepParser::positive)
                    .orElse(always));
  }

  private static boolean positive(Parameter parameter) {
    return parameter.domain() instanceof dev.elbow.api.search.Domain.Values values
        ? values.values().stream().allMatch(value -> ((Number) value).doubleValue() > 0)
        : ((dev.elbow.api.search.Domain.Range) parameter.domain()).min() > 0;
  }
}
