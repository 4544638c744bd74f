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
  // Reflection makes these anew at every call, and a replay asks for them a million times.
  private static final ClassValue<RecordComponent[]> COMPONENTS =
      new ClassValue<>() {
        @Override
        protected RecordComponent[] computeValue(Class<?> type) {
          RecordComponent[] components = type.getRecordComponents();
          // They are public anyway; this spares the check at each call.
          Stream.of(components).forEach(part -> part.getAccessor().setAccessible(true));
          return components;
        }
      };

  private Completeness() {}

  /** The path of a component that is null, such as {@code trial.dataset.sha256}; empty if none. */
  static Optional<String> missing(Object value) {
    return isComplete(value) ? Optional.empty() : missing("", value);
  }

  // Nearly every record is complete, so the way to what is missing is only looked for then.
  private static boolean isComplete(Object value) {
    if (value instanceof Record) {
      return isRecordComplete(value);
    }
    if (value instanceof Collection<?> items) {
      return areComplete(items);
    }
    if (value instanceof Map<?, ?> map) {
      return areComplete(map.values());
    }
    return value instanceof Optional<?> optional
        ? optional.isEmpty() || isComplete(optional.get())
        : value != null;
  }

  private static boolean isRecordComplete(Object value) {
    for (RecordComponent part : COMPONENTS.get(value.getClass())) {
      if (!isComplete(component(value, part))) {
        return false;
      }
    }
    return true;
  }

  private static boolean areComplete(Collection<?> items) {
    for (Object item : items) {
      if (!isComplete(item)) {
        return false;
      }
    }
    return true;
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
        Arrays.stream(COMPONENTS.get(value.getClass()))
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
