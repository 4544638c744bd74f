package dev.elbow.coordinator.ledger;

import java.util.Locale;

/** Where a trial stands, as people see it. */
public enum TrialState {
  /** Waits for a slot. */
  QUEUED,
  /** A slot has it, or its files are on their way to their place. */
  RUNNING,
  /** Trained to the end; its files are in their place. */
  COMPLETED,
  /** Ended early, with a result. */
  STOPPED,
  /** Could not be trained. */
  FAILED,
  /** Somebody gave it up. */
  CANCELLED;

  /** The word in files and output: {@code queued}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether nothing more happens to it by itself. */
  public boolean ended() {
    return compareTo(RUNNING) > 0;
  }
}
