package dev.elbow.coordinator.sweep;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong with one file. */
final class Problems {
  private final Set<Problem> list = new LinkedHashSet<>();

  void add(Position at, String place, String message) {
    list.add(new Problem(at.line(), at.column(), place, message));
  }

  /** Whether something is wrong with a section, that is, with a place that begins with it. */
  boolean touch(String section) {
    return list.stream()
        .map(Problem::place)
        .anyMatch(place -> place.equals(section) || place.startsWith(section + "."));
  }

  boolean isEmpty() {
    return list.isEmpty();
  }

  int count() {
    return list.size();
  }

  List<Problem> list() {
    return List.copyOf(list);
  }
}
