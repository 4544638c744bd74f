package dev.elbow.cli;

import dev.elbow.coordinator.results.Results;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Shows the results of a sweep. */
@Command(
    name = "results",
    description = {
      "Shows the trials of a sweep that have ended, the best by the sweep's goal first.",
      "",
      "Reads the results folder alone: nothing has to run, and a running sweep is not disturbed.",
      "Losses are nats per image; loss = reconstruction + kl, unweighted, whatever beta was.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  elbow results mnist-beta",
      "  elbow results mnist-beta --format csv > results.csv"
    })
final class ResultsCommand implements Callable<Integer> {
  @ParentCommand private Elbow elbow;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SWEEP", description = "The sweep's name.")
  private String sweep;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "table, csv (as results.csv, best first) or json (an object a line). Default: table")
  private Format format;

  /** How results are written. */
  enum Format {
    TABLE,
    CSV,
    JSON
  }

  @Override
  public Integer call() throws CommandException {
    Results results = SweepFolders.read(elbow.results(), sweep);
    print(results, spec.commandLine().getOut());
    return results.rows().stream().anyMatch(row -> row.state().equals("failed"))
        ? ExitCode.TRIAL_FAILED
        : ExitCode.DONE;
  }

  private void print(Results results, PrintWriter out) {
    ResultsTable table = new ResultsTable(results);
    switch (format == null ? (elbow.json() ? Format.JSON : Format.TABLE) : format) {
      case CSV -> out.print(results.bestFirst().csv());
      case JSON -> table.json().forEach(out::println);
      case TABLE -> {
        table.lines(Integer.MAX_VALUE).forEach(out::println);
        table.failures().forEach(out::println);
        results.goal().notice().ifPresent(out::println);
      }
    }
    out.flush();
  }
}
