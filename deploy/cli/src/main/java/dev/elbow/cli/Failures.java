package dev.elbow.cli;

import java.io.PrintWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells people what went wrong, and scripts by the exit code. */
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  /** A command failed while it ran. */
  static int ofExecution(Exception e, CommandLine command, ParseResult parsed) {
    if (e instanceof CommandException known) {
      command.getErr().println(known.getMessage());
      return known.exitCode();
    }
    LOG.info("{} failed", command.getCommandSpec().qualifiedName(), e);
    command.getErr().println("This should not have happened:");
    e.printStackTrace(command.getErr());
    return ExitCode.SYSTEM;
  }

  /** The command line itself is wrong. */
  static int ofArguments(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(e.getMessage());
    UnmatchedArgumentException.printSuggestions(e, err);
    err.println("'%s --help' says more.".formatted(command.getCommandSpec().qualifiedName()));
    return ExitCode.BAD_INPUT;
  }
}
