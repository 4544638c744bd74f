package dev.elbow.cli;

/** What the command's exit codes mean to scripts. */
public final class ExitCode {
  /** All is done. */
  public static final int DONE = 0;

  /** The sweep is over and some trial failed. */
  static final int TRIAL_FAILED = 1;

  /** What was given cannot be used, and nothing was queued. */
  static final int BAD_INPUT = 2;

  /** The system lacks something or cannot be reached; the message names it. */
  static final int SYSTEM = 3;

  /** Somebody pressed Ctrl-C. */
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
