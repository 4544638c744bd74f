package dev.elbow.coordinator.sweep;

import dev.elbow.api.plugin.OptionType;
import dev.elbow.api.plugin.Options;
import dev.elbow.api.search.Domain;
import dev.elbow.api.search.Domain.Scale;
import dev.elbow.coordinator.sweep.Value.Entry;
import dev.elbow.coordinator.sweep.Value.Mapping;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Reads what a parameter may be: {@code {values: […]}}, {@code {min, max, …}} or a plain value. */
record Domains(Problems problems) {
  static final String VALUES = "values";
  static final String MIN = "min";
  static final String MAX = "max";
  private static final String SCALE = "scale";
  private static final String STEP = "step";
  private static final OptionType ANY_STEP = new OptionType.Real(0, false, Double.MAX_VALUE);

  /** Whether a map says what a parameter may be; otherwise it is a value. */
  static boolean describesDomain(Mapping mapping) {
    return List.of(VALUES, MIN, MAX).stream().anyMatch(mapping.entries()::containsKey);
  }

  /** Whether a parameter written so is one that varies. */
  static boolean varies(Value value) {
    return value instanceof Mapping mapping && describesDomain(mapping);
  }

  /**
   * The domain, or empty and problems.
   *
   * @param types the value must fit each of them; at least one
   */
  Optional<Domain> parse(List<OptionType> types, Value value, String place) {
    if (!(value instanceof Mapping mapping) || !describesDomain(mapping)) {
      return fit(types, value, place).map(plain -> new Domain.Values(List.of(plain)));
    }
    boolean list = mapping.entries().containsKey(VALUES);
    List<String> keys = list ? List.of(VALUES) : List.of(MIN, MAX, SCALE, STEP);
    int before = problems.count();
    mapping.entries().forEach((key, entry) -> refuseUnknown(key, entry, keys, place));
    if (problems.count() > before) {
      return Optional.empty();
    }
    return list
        ? values(types, mapping.entries().get(VALUES).value(), place)
        : range(types, mapping, place);
  }

  private void refuseUnknown(String key, Entry entry, List<String> keys, String place) {
    if (!keys.contains(key)) {
      problems.add(entry.at(), place + "." + key, Options.unknown("key", key, keys));
    }
  }

  private Optional<Object> fit(List<OptionType> types, Value value, String place) {
    TypedValues typed = new TypedValues(problems);
    List<Optional<Object>> parsed =
        types.stream().map(type -> typed.parse(type, value, place)).toList();
    return parsed.stream().allMatch(Optional::isPresent) ? parsed.get(0) : Optional.empty();
  }

  private Optional<Domain> values(List<OptionType> types, Value value, String place) {
    if (!(value instanceof Value.Sequence sequence) || sequence.items().isEmpty()) {
      problems.add(value.at(), place, "expected a list of at least one value");
      return Optional.empty();
    }
    Set<Object> values = new LinkedHashSet<>();
    for (Value item : sequence.items()) {
      fit(types, item, place).ifPresent(plain -> addNew(plain, values, item, place));
    }
    return values.size() == sequence.items().size()
        ? Optional.of(new Domain.Values(List.copyOf(values)))
        : Optional.empty();
  }

  private void addNew(Object plain, Set<Object> values, Value item, String place) {
    if (!values.add(plain)) {
      problems.add(item.at(), place, "%s is given twice".formatted(plain));
    }
  }

  private Optional<Domain> range(List<OptionType> types, Mapping mapping, String place) {
    if (!types.stream().allMatch(Domains::numeric)) {
      String expected = types.get(0).expected();
      problems.add(mapping.at(), place, "a range needs numbers, here is expected " + expected);
      return Optional.empty();
    }
    Optional<Double> min = end(types, MIN, mapping, place);
    Optional<Double> max = end(types, MAX, mapping, place);
    Optional<Scale> scale = scale(mapping, place);
    Optional<OptionalDouble> step = step(mapping, place);
    if (min.isEmpty() || max.isEmpty() || scale.isEmpty() || step.isEmpty()) {
      return Optional.empty();
    }
    boolean whole = types.stream().anyMatch(OptionType.Whole.class::isInstance);
    try {
      return Optional.of(new Domain.Range(min.get(), max.get(), scale.get(), step.get(), whole));
    } catch (IllegalArgumentException e) {
      problems.add(mapping.at(), place, e.getMessage());
      return Optional.empty();
    }
  }

  private static boolean numeric(OptionType type) {
    return type instanceof OptionType.Whole || type instanceof OptionType.Real;
  }

  private Optional<Double> end(List<OptionType> types, String key, Mapping mapping, String place) {
    Entry entry = mapping.entries().get(key);
    if (entry == null) {
      problems.add(mapping.at(), place + "." + key, "missing, a range needs min and max");
      return Optional.empty();
    }
    return fit(types, entry.value(), place + "." + key).map(end -> ((Number) end).doubleValue());
  }

  private Optional<Scale> scale(Mapping mapping, String place) {
    Entry entry = mapping.entries().get(SCALE);
    if (entry == null) {
      return Optional.of(Scale.LINEAR);
    }
    return fit(List.of(new OptionType.Choice(List.of("linear", "log"))), entry.value(), place)
        .map(word -> word.equals("log") ? Scale.LOG : Scale.LINEAR);
  }

  private Optional<OptionalDouble> step(Mapping mapping, String place) {
    Entry entry = mapping.entries().get(STEP);
    if (entry == null) {
      return Optional.of(OptionalDouble.empty());
    }
    return fit(List.of(ANY_STEP), entry.value(), place + "." + STEP)
        .map(step -> OptionalDouble.of((Double) step));
  }

  /** The domain as a sweep file writes it; a single value stays plain if it does not vary. */
  static Object plain(Parameter parameter) {
    if (parameter.domain() instanceof Domain.Range range) {
      return plain(range);
    }
    List<Object> values = ((Domain.Values) parameter.domain()).values();
    return parameter.varies() ? Map.of(VALUES, values) : values.get(0);
  }

  private static Map<String, Object> plain(Domain.Range range) {
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put(MIN, number(range.min(), range.whole()));
    plain.put(MAX, number(range.max(), range.whole()));
    plain.put(SCALE, range.scale() == Scale.LOG ? "log" : "linear");
    range.step().ifPresent(step -> plain.put(STEP, number(step, false)));
    return plain;
  }

  private static Object number(double value, boolean whole) {
    return whole ? (Object) (long) value : (Object) value;
  }
}
