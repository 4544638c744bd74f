package dev.elbow.coordinator.http;

import dev.elbow.coordinator.results.PlainText;
import java.util.Comparator;

/**
 * What a trial is sorted by. Numbers come before everything else, which is sorted by its text.
 * Trials that have no value are last in either direction.
 *
 * @param rank 0 for a number, 1 for text, 2 for nothing
 */
record SortKey(int rank, double number, String text) {
  static Comparator<SortKey> order(boolean descending) {
    Comparator<SortKey> values =
        Comparator.comparingDouble(SortKey::number).thenComparing(SortKey::text);
    return Comparator.comparingInt(SortKey::rank)
        .thenComparing(descending ? values.reversed() : values);
  }

  /** Of a value of an option or a figure; null where there is none. */
  static SortKey of(Object value) {
    if (value == null) {
      return new SortKey(2, 0, "");
    }
    return value instanceof Number number
        ? new SortKey(0, number.doubleValue(), "")
        : new SortKey(1, 0, PlainText.of(value));
  }
}
