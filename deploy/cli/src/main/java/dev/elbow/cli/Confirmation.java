package dev.elbow.cli;

import java.io.Console;
import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine.Option;

/** Whether somebody really wants what cannot be undone. */
final class Confirmation {
  @Option(
      names = "--yes",
      description = "Does not ask. Without a terminal there is nobody to ask, and it is needed.")
  private boolean yes;

  /**
   * Asks, unless the answer was given with the command.
   *
   * @throws CommandException if there is nobody to ask
   */
  boolean isGiven(String question, PrintStream people) throws CommandException {
    if (yes) {
      return true;
    }
    Console terminal = System.console();
    if (!isTerminal(terminal)) {
      throw CommandException.badInput(
          List.of("There is no terminal to ask at; --yes goes on unasked. Nothing was removed."));
    }
    people.print(question + " [y/N] ");
    people.flush();
    String answer = terminal.readLine();
    if (answer == null) {
      people.println(); // nobody has ended the line of the question
      return false;
    }
    return answer.strip().matches("(?i)y|yes");
  }

  // From Java 22 on there may be a console though nobody sits at it, and it tells.
  private static boolean isTerminal(Console console) {
    try {
      return console != null && (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Console.isTerminal() is a public method", e);
    }
  }
}
