package dev.elbow.cli;

import dev.elbow.cli.report.SweepReport;
import dev.elbow.coordinator.results.Results;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Puts a sweep on paper. */
@Command(
    name = "report",
    description = {
      "Writes what has come of a sweep as one HTML file that holds all it shows, to read, print or send.",
      "",
      "Learning curves, rate and distortion with the Pareto front, the goal and every score against each parameter with all "
          + "seeds, traversals of the best trial, settings, versions and hashes. Each picture is also there as SVG, with its "
          + "figures as CSV. It needs the results folder alone: nothing has to run, and a running sweep is not disturbed.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  elbow report mnist-beta",
      "  elbow report mnist-beta --out paper/figures"
    })
final class ReportCommand implements Callable<Integer> {
  @ParentCommand private Elbow elbow;
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "SWEEP",
      converter = Target.Reader.class,
      description = "The sweep's name.")
  private Target target;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "The folder to write to; an earlier report in it is replaced. Default: ./SWEEP-report")
  private Path out;

  @Override
  public Integer call() throws CommandException {
    String sweep = target.wholeSweep("report");
    Results results = SweepFolders.read(elbow.results(), sweep);
    if (results.rows().isEmpty()) {
      throw CommandException.badInput(
          List.of("no trial of %s has ended. Nothing was written.".formatted(sweep)));
    }
    Path folder = out == null ? Path.of(sweep + "-report") : out;
    try {
      SweepReport report = SweepReport.read(elbow.results().resolve(sweep), results);
      say(report.write(folder), report.pictures());
      return ExitCode.DONE;
    } catch (IOException e) {
      throw CommandException.system("sweep '%s': %s".formatted(sweep, e), e);
    }
  }

  private void say(Path page, List<String> pictures) {
    PrintWriter out = spec.commandLine().getOut();
    if (elbow.json()) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("report", page.toString());
      object.put("pictures", pictures);
      out.println(Json.line(object));
      return;
    }
    out.println("Written: " + page);
    out.println("Beside it, as .svg and .csv: " + String.join(", ", pictures));
  }
}
