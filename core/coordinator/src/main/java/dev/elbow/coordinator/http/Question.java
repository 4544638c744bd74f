package dev.elbow.coordinator.http;

import dev.elbow.coordinator.sweep.Problem;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The parameters behind the question mark of an address. Collects what is wrong with them, so that
 * all is told at once.
 */
final class Question {
  private final MultiMap parameters;
  private final List<Problem> problems = new ArrayList<>();

  /**
   * @param known the names that there are
   */
  Question(MultiMap parameters, List<String> known) {
    this.parameters = parameters;
    parameters.names().stream()
        .filter(name -> !known.contains(name))
        .forEach(name -> wrong(name, "unknown, expected " + oneOf(known)));
  }

  private static String oneOf(List<String> known) {
    return known.isEmpty() ? "none" : "one of " + String.join(", ", known);
  }

  private void wrong(String place, String message) {
    problems.add(new Problem(0, 0, place, message));
  }

  Optional<String> text(String name) {
    List<String> given = parameters.getAll(name);
    if (given.size() > 1) {
      wrong(name, "given %d times, expected once".formatted(given.size()));
    }
    return given.stream().findFirst();
  }

  /** One of {@code words}, of which the first is meant if none is given. */
  String word(String name, List<String> words) {
    String given = text(name).orElse(words.get(0));
    if (!words.contains(given)) {
      wrong(name, found(given) + "one of " + String.join(", ", words));
    }
    return given;
  }

  /**
   * A text that {@code pattern} matches; empty if none is given.
   *
   * @param expected the pattern, for people
   */
  Optional<String> fitting(String name, String pattern, String expected) {
    Optional<String> given = text(name);
    given
        .filter(text -> !text.matches(pattern))
        .ifPresent(text -> wrong(name, found(text) + expected));
    return given;
  }

  /** Any of {@code words}. */
  List<String> words(String name, List<String> words) {
    List<String> given = parameters.getAll(name);
    given.stream()
        .filter(word -> !words.contains(word))
        .forEach(word -> wrong(name, found(word) + "one of " + String.join(", ", words)));
    return given;
  }

  int whole(String name, int least, int most, int otherwise) {
    Optional<String> given = text(name);
    Optional<Integer> value =
        given
            .filter(text -> text.matches("[0-9]{1,9}"))
            .map(Integer::valueOf)
            .filter(number -> number >= least && number <= most);
    if (given.isPresent() && value.isEmpty()) {
      wrong(name, found(given.get()) + "an integer from %d to %d".formatted(least, most));
    }
    return value.orElse(otherwise);
  }

  private static String found(String text) {
    return "found '%s', expected ".formatted(text.length() > 60 ? text.substring(0, 60) : text);
  }

  /**
   * @throws Refusal with all problems, if there are any
   */
  void check() {
    if (!problems.isEmpty()) {
      throw Refusal.question(problems);
    }
  }
}
