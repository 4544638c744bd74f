package dev.elbow.coordinator.sweep;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with one file. */
final class Problems {
  private final List<Problem> list = new ArrayList<>();

  void add(Position at, String place, String message) {
    Problem problem = new Problem(at.line(), at.column(), place, message);
    if (!list.contains(problem)) {
      list.add(problem);
    }
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
