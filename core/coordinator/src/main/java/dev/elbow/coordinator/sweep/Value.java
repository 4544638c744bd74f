package dev.elbow.coordinator.sweep;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value of a sweep file that knows where it stands. Immutable. */
sealed interface Value {
  /** Where it begins. */
  Position at();

  /** The value alone, as {@link dev.elbow.api.plugin.OptionType#parse} takes it. */
  Object plain();

  /** A number, text, true or false, or null. */
  record Scalar(Position at, Object plain) implements Value {}

  /** A list. */
  record Sequence(Position at, List<Value> items) implements Value {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public Object plain() {
      return items.stream().map(Value::plain).toList();
    }
  }

  /** A map from text to values, in the order of the file. */
  record Mapping(Position at, Map<String, Entry> entries) implements Value {
    public Mapping {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    @Override
    public Object plain() {
      Map<String, Object> plain = new LinkedHashMap<>();
      entries.forEach((key, entry) -> plain.put(key, entry.value().plain()));
      return plain;
    }

    /** The same without one key. */
    Mapping without(String key) {
      Map<String, Entry> rest = new LinkedHashMap<>(entries);
      rest.remove(key);
      return new Mapping(at, rest);
    }
  }

  /**
   * A value and its key.
   *
   * @param at where the key stands
   */
  record Entry(Position at, Value value) {}

  /** A value without a place: maps with text as keys, lists, and anything else as a scalar. */
  static Value of(Object plain) {
    if (plain instanceof Map<?, ?> map) {
      Map<String, Entry> entries = new LinkedHashMap<>();
      map.forEach(
          (key, value) -> entries.put((String) key, new Entry(Position.NONE, Value.of(value))));
      return new Mapping(Position.NONE, entries);
    }
    return plain instanceof List<?> list
        ? new Sequence(Position.NONE, list.stream().map(Value::of).toList())
        : new Scalar(Position.NONE, plain);
  }
}
