package dev.elbow.messaging;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds what a record from outside lacks. JSON without a field leaves null in its place, and most
 * records trust their maker.
 */
final class Completeness {
  private Completeness() {}

  /** The path of a component that is null, such as {@code trial.dataset.sha256}; empty if none. */
  static Optional<String> missing(Object value) {
    return missing("", value);
  }

  private static Optional<String> missing(String path, Object value) {
    if (value == null) {
      return Optional.of(path);
    }
    if (value instanceof Optional<?> optional) {
      return optional.flatMap(content -> missing(path, content));
    }
    if (value instanceof Collection<?> items) {
      return first(items.stream().map(item -> missing(path + "[]", item)));
    }
    if (value instanceof Map<?, ?> map) {
      return first(
          map.entrySet().stream().map(e -> missing(path + "." + e.getKey(), e.getValue())));
    }
    return value instanceof Record ? ofRecord(path, value) : Optional.empty();
  }

  private static Optional<String> ofRecord(String path, Object value) {
    String prefix = path.isEmpty() ? "" : path + ".";
    return first(
        Arrays.stream(value.getClass().getRecordComponents())
            .map(part -> missing(prefix + part.getName(), component(value, part))));
  }

  private static Object component(Object value, RecordComponent part) {
    try {
      return part.getAccessor().invoke(value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + part + " of a public record", e);
    }
  }

  private static Optional<String> first(Stream<Optional<String>> found) {
    return found.flatMap(Optional::stream).findFirst();
  }
}
