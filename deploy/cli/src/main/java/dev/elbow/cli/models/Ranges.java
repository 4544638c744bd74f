package dev.elbow.cli.models;

import java.util.ArrayList;
import java.util.List;

/** Checks options and collects what is out of range. */
final class Ranges {
  private final List<String> problems = new ArrayList<>();

  Ranges whole(String option, long found, long least, long most) {
    if (found < least || found > most) {
      problems.add(
          "%s: %d is out of range, expected an integer from %d to %d"
              .formatted(option, found, least, most));
    }
    return this;
  }

  Ranges number(String option, double found, double least, double most) {
    if (!(found >= least && found <= most)) {
      problems.add(
          "%s: %s is out of range, expected a number from %s to %s"
              .formatted(option, found, text(least), text(most)));
    }
    return this;
  }

  private static String text(double number) {
    return number == Math.rint(number) ? "%.0f".formatted(number) : String.valueOf(number);
  }

  List<String> problems() {
    return List.copyOf(problems);
  }
}
