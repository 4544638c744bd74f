package dev.elbow.cli;

import dev.elbow.api.TrialId;
import dev.elbow.cli.report.CurveTable;
import dev.elbow.cli.report.TrialCurve;
import dev.elbow.coordinator.client.ClientException;
import dev.elbow.coordinator.client.ElbowClient;
import dev.elbow.coordinator.results.Results;
import dev.elbow.coordinator.results.Row;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
      "Without --url it reads the results folder alone: nothing has to run, and a running sweep is not disturbed.",
      "Losses are nats per image; loss = reconstruction + kl, unweighted, whatever beta was.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  elbow results mnist-beta",
      "  elbow results mnist-beta --format csv > results.csv",
      "  elbow results mnist-beta --curves --format csv > curves.csv"
    })
final class ResultsCommand implements Callable<Integer> {
  @ParentCommand private Elbow elbow;
  @Spec private CommandSpec spec;

  @Mixin private CoordinatorUrl coordinator;

  @Parameters(
      paramLabel = "SWEEP[/NNNN]",
      converter = Target.Reader.class,
      description = "The sweep's name, or a trial of it.")
  private Target target;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "table, csv (as results.csv, best first) or json (an object a line). Default: table, with --json json")
  private Format format;

  @Option(
      names = "--curves",
      description =
          "The trials from evaluation to evaluation instead, as one long table for pandas: a row for each trial, evaluation and "
              + "split. As csv or json; default: csv, with --json json")
  private boolean curves;

  /** How results are written. */
  enum Format {
    TABLE,
    CSV,
    JSON
  }

  @Override
  public Integer call() throws CommandException {
    Format chosen = chosen();
    Results results = only(read(), target);
    if (curves) {
      print(new CurveTable(results.sweep(), results.parameters(), curves(results)), chosen);
      return ExitCode.DONE;
    }
    print(results, chosen);
    return results.rows().stream().anyMatch(row -> row.state().equals("failed"))
        ? ExitCode.TRIAL_FAILED
        : ExitCode.DONE;
  }

  private Results read() throws CommandException {
    return coordinator.isGiven()
        ? coordinator.ask(client -> client.results(target.sweep()))
        : SweepFolders.read(elbow.results(), target.sweep());
  }

  /**
   * The rows that are asked for.
   *
   * @throws CommandException if one trial is meant that has not ended
   */
  static Results only(Results results, Target target) throws CommandException {
    if (target.trial().isEmpty()) {
      return results;
    }
    int number = target.trial().get().number();
    List<Row> rows = results.rows().stream().filter(row -> row.trial() == number).toList();
    if (rows.isEmpty()) {
      throw CommandException.badInput(
          List.of("there are no results of trial %s yet".formatted(target)));
    }
    return new Results(results.sweep(), results.parameters(), results.goal(), rows);
  }

  private Format chosen() throws CommandException {
    if (elbow.json() && format != null && format != Format.JSON) {
      String word = format.name().toLowerCase(Locale.ROOT);
      throw CommandException.badInput(
          List.of(
              "--format: found %s together with --json, expected json or one of the two options"
                  .formatted(word)));
    }
    if (curves && format == Format.TABLE) {
      throw CommandException.badInput(
          List.of("--format: found table together with --curves, expected csv or json"));
    }
    Format usual = elbow.json() ? Format.JSON : curves ? Format.CSV : Format.TABLE;
    return format == null ? usual : format;
  }

  private List<TrialCurve> curves(Results results) throws CommandException {
    Results byTrial = byTrial(results);
    if (coordinator.isGiven()) {
      return coordinator.ask(client -> asked(client, byTrial));
    }
    try {
      return TrialCurve.read(elbow.results().resolve(results.sweep()), byTrial);
    } catch (IOException e) {
      throw CommandException.system("sweep '%s': %s".formatted(results.sweep(), e), e);
    }
  }

  private static Results byTrial(Results results) {
    List<Row> rows = results.rows().stream().sorted(Comparator.comparing(Row::trial)).toList();
    return new Results(results.sweep(), results.parameters(), results.goal(), rows);
  }

  private static List<TrialCurve> asked(ElbowClient client, Results results)
      throws ClientException {
    List<TrialCurve> curves = new ArrayList<>();
    for (Row row : results.rows()) {
      TrialId trial = new TrialId(results.sweep(), row.trial());
      curves.add(new TrialCurve(row, client.curve(trial).points()));
    }
    return curves;
  }

  private void print(CurveTable table, Format chosen) {
    PrintWriter out = spec.commandLine().getOut();
    if (chosen == Format.JSON) {
      table.rows().forEach(row -> out.println(Json.line(values(row))));
    } else {
      out.print(table.csv());
    }
    out.flush();
  }

  private static Map<String, Object> values(Map<String, String> row) {
    Map<String, Object> values = new LinkedHashMap<>();
    row.forEach((column, cell) -> values.put(column, cell.isEmpty() ? null : Json.value(cell)));
    values.put("trial", row.get("trial")); // 0001 is a name
    return values;
  }

  private void print(Results results, Format chosen) {
    PrintWriter out = spec.commandLine().getOut();
    ResultsTable table = new ResultsTable(results);
    switch (chosen) {
      case CSV -> out.print(results.bestFirst().csv());
      case JSON -> table.json().forEach(out::println);
      case TABLE -> {
        table.lines(Integer.MAX_VALUE).forEach(out::println);
        table.failures().forEach(out::println);
      }
    }
    out.flush();
    PrintWriter people = chosen == Format.TABLE ? out : spec.commandLine().getErr();
    results.goal().notice().ifPresent(people::println);
  }
}
