package dev.elbow.cli.verify;

/**
 * What a check found.
 *
 * @param verdict whether measured is as expected
 * @param expected in words
 * @param measured in words
 */
public record Finding(Verdict verdict, String expected, String measured) {
  /** How a check ends. */
  public enum Verdict {
    /** As expected. */
    PASS,
    /** Not as expected, or not measured. */
    FAIL,
    /** Measured, and nothing is claimed of it. */
    SHOWN;

    /** For tables: {@code pass}, {@code fail}, {@code shown}. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  static Finding of(boolean passed, String expected, String measured) {
    return new Finding(passed ? Verdict.PASS : Verdict.FAIL, expected, measured);
  }
}
