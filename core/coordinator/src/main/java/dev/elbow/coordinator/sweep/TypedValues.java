package dev.elbow.coordinator.sweep;

import dev.elbow.api.plugin.Option;
import dev.elbow.api.plugin.OptionType;
import dev.elbow.api.plugin.OptionType.Variant;
import dev.elbow.api.plugin.Options;
import dev.elbow.coordinator.sweep.Value.Entry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads values of declared types, and puts each problem where its value stands. */
record TypedValues(Problems problems) {

  /** The value, or empty and a problem. */
  Optional<Object> parse(OptionType type, Value value, String place) {
    if (type instanceof OptionType.ListOf list && value instanceof Value.Sequence sequence) {
      return list(list, sequence, place);
    }
    if (type instanceof Variant variant && value instanceof Value.Mapping mapping) {
      return variant(variant, mapping, place);
    }
    return direct(type, value, place);
  }

  /** Every option that is given, checked; a problem for each that is unknown. */
  Map<String, Object> parse(List<Option> declared, Map<String, Entry> given, String place) {
    Map<String, Object> values = new LinkedHashMap<>();
    List<String> names = declared.stream().map(Option::name).toList();
    given.forEach(
        (name, entry) -> {
          if (!names.contains(name)) {
            problems.add(entry.at(), place + "." + name, Options.unknown("option", name, names));
          }
        });
    for (Option option : declared) {
      Optional.ofNullable(given.get(option.name()))
          .flatMap(entry -> parse(option.type(), entry.value(), place + "." + option.name()))
          .ifPresent(value -> values.put(option.name(), value));
    }
    return values;
  }

  private Optional<Object> direct(OptionType type, Value value, String place) {
    try {
      return Optional.of(type.parse(value.plain()));
    } catch (OptionType.InvalidValueException e) {
      problems.add(value.at(), place, e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<Object> list(OptionType.ListOf type, Value.Sequence sequence, String place) {
    int size = sequence.items().size();
    if (size < type.minSize() || size > type.maxSize()) {
      return direct(type, sequence, place);
    }
    List<Object> values = new ArrayList<>();
    for (Value item : sequence.items()) {
      parse(type.element(), item, place).ifPresent(values::add);
    }
    return values.size() == size ? Optional.of(List.copyOf(values)) : Optional.empty();
  }

  private Optional<Object> variant(Variant type, Value.Mapping mapping, String place) {
    Entry name = mapping.entries().get(Variant.NAME);
    Object way = name == null ? null : name.value().plain();
    if (!(way instanceof String) || !type.ways().containsKey(way)) {
      return direct(type, name == null ? mapping : name.value(), place);
    }
    int before = problems.count();
    List<Option> options = type.ways().get(way);
    Map<String, Object> given = parse(options, mapping.without(Variant.NAME).entries(), place);
    if (problems.count() > before) {
      return Optional.empty();
    }
    Map<String, Object> value = new LinkedHashMap<>(Map.of(Variant.NAME, way));
    value.putAll(Options.check(options, given).options().values());
    return Optional.of(Collections.unmodifiableMap(value));
  }
}
