package dev.elbow.coordinator;

import java.util.List;

/** What came of submitting a sweep. */
public sealed interface Submission {
  /** It is in the log and its trials are queued as slots become free. */
  record Created(String sweep, int trials) implements Submission {}

  /** The same sweep was there before, and goes on. */
  record AlreadyThere(String sweep, int trials) implements Submission {}

  /**
   * Another sweep has this name; nothing was queued.
   *
   * @param differences the keys whose values differ
   */
  record Refused(String sweep, List<String> differences) implements Submission {
    /** For people: which keys differ and what can be done. */
    public String message() {
      return "sweep '%s' is there already with other values of %s; delete it or rename this one. Nothing was queued."
          .formatted(sweep, String.join(", ", differences));
    }
  }
}
