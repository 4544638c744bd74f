package dev.elbow.cli;

import dev.elbow.catalog.Catalog;
import dev.elbow.coordinator.sweep.Cost;
import dev.elbow.coordinator.sweep.Reading;
import dev.elbow.coordinator.sweep.Sweep;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Checks a sweep file without training anything. */
@Command(
    name = "validate",
    description = {
      "Checks a sweep file: keys, values, data files, and that every model fits together.",
      "",
      "Prints all problems at once, each with line and column; or how many trials there are, what the models look like, "
          + "and roughly how long training takes. Nothing is queued.",
      ""
    },
    footer = {"", "Example:", "  elbow validate mnist.yaml --data ~/data"})
final class ValidateCommand implements Callable<Integer> {
  private static final int MOST_MODELS = 20;

  @ParentCommand private Elbow elbow;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SWEEP.yaml", description = "The sweep file: YAML or JSON.")
  private Path file;

  @Override
  public Integer call() throws CommandException {
    PrintWriter out = spec.commandLine().getOut();
    try (Catalog catalog = Plugins.load(elbow.plugins())) {
      Reading reading = SweepFile.read(file, catalog, elbow.dataFolder());
      if (elbow.json()) {
        out.println(Json.line(SweepFile.json(reading)));
      }
      if (reading.sweep().isEmpty()) {
        spec.commandLine().getErr().println(reading.report());
        return ExitCode.BAD_INPUT;
      }
      if (!elbow.json()) {
        print(reading.sweep().get(), out);
      }
      return ExitCode.DONE;
    }
  }

  private void print(Sweep sweep, PrintWriter out) throws CommandException {
    int seeds = sweep.seeds().size();
    out.println(
        "%s: no problems; %s (%s × %s)"
            .formatted(
                sweep.name(),
                counted(sweep.trialCount(), "trial"),
                counted(sweep.trialCount() / seeds, "configuration"),
                counted(seeds, "seed")));
    if (sweep.cost().isPresent()) {
      print(sweep.cost().get(), elbow.slots(), out);
    }
    sweep.notices().forEach(out::println);
  }

  private static void print(Cost cost, int slots, PrintWriter out) {
    out.println();
    models(cost).lines().forEach(out::println);
    if (cost.structures().size() > MOST_MODELS || !cost.complete()) {
      out.println("… and more models");
    }
    out.println();
    out.println(
        "Training takes about %s with %s, very roughly (--slots)."
            .formatted(Figures.duration(cost.estimate(slots)), counted(slots, "slot")));
  }

  private static String counted(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  private static TextTable models(Cost cost) {
    List<List<String>> rows =
        cost.structures().stream().limit(MOST_MODELS).map(ValidateCommand::cells).toList();
    return new TextTable(List.of("model", "trials", "parameters", "multiply-adds per image"), rows);
  }

  private static List<String> cells(Cost.Structure model) {
    String parameters =
        model.parameters().entrySet().stream()
            .map(entry -> entry.getKey() + " " + OptionText.of(entry.getValue()))
            .collect(Collectors.joining(", "));
    return List.of(
        parameters.isEmpty() ? "(one for all)" : parameters,
        String.valueOf(model.trials()),
        String.format(Locale.ROOT, "%,d", model.weights()),
        String.format(Locale.ROOT, "%,d", model.multiplyAdds()));
  }
}
