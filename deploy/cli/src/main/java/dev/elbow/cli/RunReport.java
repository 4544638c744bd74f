package dev.elbow.cli;

import dev.elbow.coordinator.results.Results;
import java.io.PrintStream;
import java.nio.file.Path;

/** What somebody gets to see when a sweep is over. */
final class RunReport {
  private static final int MOST_ROWS = 100;

  private final Elbow elbow;
  private final ResultsTable table;
  private final Path folder;

  RunReport(Elbow elbow, Results results) {
    this.elbow = elbow;
    this.table = new ResultsTable(results);
    this.folder = elbow.results().resolve(results.sweep()).toAbsolutePath();
  }

  /** Prints the table, the failures and the place of the files; returns the exit code. */
  int print() {
    PrintStream people = elbow.people();
    people.println();
    table.lines(MOST_ROWS).forEach(people::println);
    people.println();
    table.failures().forEach(people::println);
    people.println("Files: " + folder);
    if (elbow.json()) {
      table.json().forEach(System.out::println);
    }
    return table.failures().isEmpty() ? ExitCode.DONE : ExitCode.TRIAL_FAILED;
  }
}
