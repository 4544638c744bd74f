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
    if (slash < 1 || !isNumber(text, slash + 1)) {
      throw new IllegalArgumentException("expected SWEEP/NNNN, got '%s'".formatted(text));
    }
    int number = Integer.parseInt(text, slash + 1, text.length(), 10);
    return new TrialId(text.substring(0, slash), number);
  }

  // A pattern would take as long as all else of an event, and a log has half a million.
  private static boolean isNumber(String text, int from) {
    int digits = text.length() - from;
    return digits >= 4 && digits <= 9 && text.chars().skip(from).allMatch(TrialId::isDigit);
  }

  private static boolean isDigit(int character) {
    return character >= '0' && character <= '9';
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
