package dev.elbow.coordinator.sweep;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Finds where two files of plain values differ. */
final class Differences {
  private Differences() {}

  /** The dotted paths of the keys whose values differ, the deepest that hold the difference. */
  static List<String> between(Map<String, ?> one, Map<String, ?> other) {
    List<String> differences = new ArrayList<>();
    collect("", one, other, differences);
    return differences;
  }

  private static void collect(
      String place, Map<?, ?> one, Map<?, ?> other, List<String> differences) {
    Set<Object> keys = new LinkedHashSet<>(one.keySet());
    keys.addAll(other.keySet());
    for (Object key : keys) {
      String inside = place.isEmpty() ? String.valueOf(key) : place + "." + key;
      compare(inside, one.get(key), other.get(key), differences);
    }
    // The first parameter varies slowest, so another order numbers the trials differently.
    boolean ordered = place.equals("parameters");
    if (ordered
        && one.equals(other)
        && !List.copyOf(one.keySet()).equals(List.copyOf(other.keySet()))) {
      differences.add(place + " (their order)");
    }
  }

  private static void compare(String place, Object one, Object other, List<String> differences) {
    if (one instanceof Map<?, ?> map && other instanceof Map<?, ?> otherMap) {
      collect(place, map, otherMap, differences);
    } else if (one instanceof List<?> list && other instanceof List<?> otherList) {
      compareLists(place, list, otherList, differences);
    } else if (!Objects.equals(one, other)) {
      differences.add(place);
    }
  }

  private static void compareLists(
      String place, List<?> one, List<?> other, List<String> differences) {
    boolean ordered =
        place.equals("parameters") && !one.isEmpty() && !orders(one).equals(orders(other));
    if (!one.equals(other) || ordered) {
      differences.add(place);
    }
  }

  private static List<List<?>> orders(List<?> maps) {
    return maps.stream()
        .filter(Map.class::isInstance)
        .<List<?>>map(map -> List.copyOf(((Map<?, ?>) map).keySet()))
        .toList();
  }
}
