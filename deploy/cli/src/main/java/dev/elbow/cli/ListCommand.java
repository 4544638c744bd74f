package dev.elbow.cli;

import dev.elbow.coordinator.client.ClientException;
import dev.elbow.coordinator.client.ElbowClient;
import dev.elbow.coordinator.client.SweepStatus;
import dev.elbow.coordinator.results.Results;
import dev.elbow.coordinator.results.Row;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Shows which sweeps there are. */
@Command(
    name = "list",
    description = {
      "Lists the sweeps in the results folder, for which nothing has to run; with --url those of a coordinator.",
      ""
    })
final class ListCommand implements Callable<Integer> {
  @ParentCommand private Elbow elbow;
  @Spec private CommandSpec spec;
  @Mixin private CoordinatorUrl coordinator;

  @Override
  public Integer call() throws CommandException {
    print(
        coordinator.isGiven() ? coordinator.ask(ListCommand::asked) : stored(),
        spec.commandLine().getOut());
    return ExitCode.DONE;
  }

  private static List<Map<String, Object>> asked(ElbowClient client) throws ClientException {
    return client.sweeps().stream().map(ListCommand::summary).toList();
  }

  private static Map<String, Object> summary(SweepStatus sweep) {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("sweep", sweep.sweep());
    summary.put("completed", (long) sweep.completed());
    summary.put("failed", (long) sweep.failed());
    summary.put("trials", (long) sweep.trials());
    summary.put("goal", sweep.goal().direction() + " " + sweep.goal().column());
    sweep.best().ifPresent(best -> summary.put("best_trial", best.trial()));
    sweep.best().ifPresent(best -> summary.put("best", best.figure()));
    return summary;
  }

  private List<Map<String, Object>> stored() throws CommandException {
    List<Map<String, Object>> sweeps = new ArrayList<>();
    for (String name : SweepFolders.names(elbow.results())) {
      try {
        sweeps.add(summary(SweepFolders.read(elbow.results(), name).bestFirst()));
      } catch (CommandException e) {
        // One folder that cannot be read hides no other.
        spec.commandLine().getErr().println(e.getMessage());
      }
    }
    return sweeps;
  }

  private static Map<String, Object> summary(Results results) {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("sweep", results.sweep());
    summary.put("completed", count(results, "completed"));
    summary.put("failed", count(results, "failed"));
    summary.put("goal", results.goal().direction().word() + " " + results.goal().column());
    results.rows().stream()
        .findFirst()
        .filter(row -> Double.isFinite(row.figure(results.goal().column())))
        .ifPresent(row -> putBest(summary, row, row.figure(results.goal().column())));
    return summary;
  }

  private static void putBest(Map<String, Object> summary, Row best, double figure) {
    summary.put("best_trial", "%04d".formatted(best.trial()));
    summary.put("best", figure);
  }

  private static long count(Results results, String state) {
    return results.rows().stream().filter(row -> row.state().equals(state)).count();
  }

  private void print(List<Map<String, Object>> sweeps, PrintWriter out) {
    if (elbow.json()) {
      sweeps.forEach(sweep -> out.println(Json.line(sweep)));
      return;
    }
    List<String> header = List.of("sweep", "completed", "failed", "goal", "best_trial", "best");
    List<List<String>> rows =
        sweeps.stream()
            .map(sweep -> header.stream().map(key -> cell(sweep.get(key))).toList())
            .toList();
    new TextTable(header, rows).lines().forEach(out::println);
  }

  private static String cell(Object value) {
    if (value instanceof Double figure) {
      return Figures.nats(figure);
    }
    return value == null ? "" : String.valueOf(value);
  }
}
