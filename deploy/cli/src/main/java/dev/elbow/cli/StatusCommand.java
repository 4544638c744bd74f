package dev.elbow.cli;

import dev.elbow.coordinator.results.Results;
import dev.elbow.coordinator.results.Row;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Shows how a sweep or a trial stands. */
@Command(
    name = "status",
    description = {
      "Shows how a sweep or one of its trials stands.",
      "",
      "With --url it asks a coordinator, which knows what is queued and what runs. Without it reads the results folder, "
          + "which tells of the trials that have ended.",
      ""
    },
    footer = {"", "Example:", "  elbow status mnist-beta/0007 --url http://127.0.0.1:8080"})
final class StatusCommand implements Callable<Integer> {
  @ParentCommand private Elbow elbow;
  @Spec private CommandSpec spec;
  @Mixin private CoordinatorUrl coordinator;

  @Parameters(
      paramLabel = "SWEEP[/NNNN]",
      converter = Target.Reader.class,
      description = "The sweep's name, or a trial of it.")
  private Target target;

  @Override
  public Integer call() throws CommandException {
    if (!coordinator.isGiven()) {
      print(SweepFolders.read(elbow.results(), target.sweep()));
    } else if (target.trial().isPresent()) {
      var trial = coordinator.ask(client -> client.trial(target.trial().get()));
      print(StatusText.of(trial), trial);
    } else {
      var sweep = coordinator.ask(client -> client.sweep(target.sweep()));
      print(StatusText.of(sweep), sweep);
    }
    return ExitCode.DONE;
  }

  private void print(List<String> lines, Object answer) {
    PrintWriter out = spec.commandLine().getOut();
    if (elbow.json()) {
      out.println(StatusText.json(answer));
    } else {
      lines.forEach(out::println);
    }
  }

  private void print(Results results) throws CommandException {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("sweep", results.sweep());
    if (target.trial().isPresent()) {
      Row row = ResultsCommand.only(results, target).rows().get(0);
      object.put("trial", target.trial().get().folder());
      object.put("state", row.state());
    } else {
      Map<String, Integer> counts = new TreeMap<>();
      results.rows().forEach(row -> counts.merge(row.state(), 1, Integer::sum));
      object.putAll(counts);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(elbow.json() ? Json.line(object) : target + ": " + text(object));
  }

  private static String text(Map<String, Object> object) {
    if (object.containsKey("state")) {
      return String.valueOf(object.get("state"));
    }
    StringBuilder text = new StringBuilder();
    object.forEach(
        (state, count) -> text.append(count instanceof Integer ? count + " " + state + ", " : ""));
    return text.isEmpty()
        ? "no trial has ended yet"
        : text.append("as the files say; --url tells what runs").toString();
  }
}
