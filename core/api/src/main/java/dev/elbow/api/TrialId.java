package dev.elbow.api;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * Names a trial across sweeps: {@code mnist-beta/0007}.
 *
 * @param sweep the sweep's name
 * @param number from 1
 */
public record TrialId(String sweep, int number) implements Comparable<TrialId> {
  public TrialId {
    requireNonNull(sweep, "sweep is null");
    if (number < 1) {
      throw new IllegalArgumentException("a trial's number is at least 1, got " + number);
    }
  }

  /**
   * Reads what {@link #toString} writes; throws {@link IllegalArgumentException} for anything else.
   */
  public static TrialId parse(String text) {
    int slash = text.lastIndexOf('/');
    if (slash < 1 || !text.substring(slash + 1).matches("[0-9]{4,9}")) {
      throw new IllegalArgumentException("expected SWEEP/NNNN, got '%s'".formatted(text));
    }
    return new TrialId(text.substring(0, slash), Integer.parseInt(text.substring(slash + 1)));
  }

  /** The number as folders and tables show it: at least four digits. */
  public String folder() {
    return String.format(Locale.ROOT, "%04d", number);
  }

  @Override
  public int compareTo(TrialId other) {
    int bySweep = sweep.compareTo(other.sweep);
    return bySweep != 0 ? bySweep : Integer.compare(number, other.number);
  }

  @Override
  public String toString() {
    return sweep + "/" + folder();
  }
}
