package dev.elbow.cli;

import java.util.List;

/** The command cannot go on, for reasons that a person can do something about. */
public final class CommandException extends Exception {
  private static final long serialVersionUID = 1;

  private final int exitCode;

  private CommandException(int exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** What was given cannot be used: one line for each problem. */
  public static CommandException badInput(List<String> problems) {
    return new CommandException(
        ExitCode.BAD_INPUT, String.join(System.lineSeparator(), problems), null);
  }

  /** The system lacks something. */
  public static CommandException system(String message, Throwable cause) {
    return new CommandException(ExitCode.SYSTEM, message, cause);
  }

  /** What the process ends with. */
  int exitCode() {
    return exitCode;
  }
}
