package dev.elbow.coordinator;

/** Another coordinator decides; this one only looks on. */
public final class NotActiveException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String active;

  NotActiveException(String active) {
    super(
        active.isEmpty()
            ? "no coordinator is active yet"
            : "this coordinator is not the active one; that is " + active);
    this.active = active;
  }

  /** The name of the active coordinator; empty text before the first. */
  public String active() {
    return active;
  }
}
