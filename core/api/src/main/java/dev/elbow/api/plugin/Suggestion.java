package dev.elbow.api.plugin;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The name that somebody who mistyped probably meant. */
final class Suggestion {
  private Suggestion() {}

  /** The known name that differs by at most a third of its letters, the nearest first. */
  static Optional<String> nearest(String name, List<String> known) {
    return known.stream()
        .filter(candidate -> distance(name, candidate) <= Math.max(1, candidate.length() / 3))
        .min(Comparator.comparingInt(candidate -> distance(name, candidate)));
  }

  /** Levenshtein's distance, upper and lower case being equal. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int same =
            Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1))
                ? 0
                : 1;
        int cost = Math.min(Math.min(row[j], row[j - 1]) + 1, diagonal + same);
        diagonal = row[j];
        row[j] = cost;
      }
    }
    return row[b.length()];
  }
}
