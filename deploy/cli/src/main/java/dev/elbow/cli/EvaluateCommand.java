package dev.elbow.cli;

import dev.elbow.api.data.DatasetException;
import dev.elbow.api.score.ScoreChoice;
import dev.elbow.api.score.ScoredPart;
import dev.elbow.catalog.Catalog;
import dev.elbow.coordinator.ScoreFiles;
import dev.elbow.coordinator.results.Results;
import dev.elbow.coordinator.results.Row;
import dev.elbow.coordinator.results.ScoreTable;
import dev.elbow.coordinator.sweep.Sweep;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Scores the models of a sweep. */
@Command(
    name = "evaluate",
    description = {
      "Scores the exported models of a sweep's completed trials and adds columns to results.csv.",
      "",
      "It needs the results folder and the data alone: nothing has to run. 'elbow plugins' tells"
          + " which scores there are, how each is defined, and its options. Scores stay in"
          + " scores.csv of the sweep's folder. A column's name tells options and images that are"
          + " not the usual ones, as in mig_all_bins_50.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  elbow evaluate sprites-beta --scores mig,sap,dci",
      "  elbow evaluate sprites-beta/0007 --scores '{mig: {bins: 50}}' --on all"
    })
final class EvaluateCommand implements Callable<Integer> {
  @ParentCommand private Elbow elbow;
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "SWEEP[/NNNN]",
      converter = Target.Reader.class,
      description = "The sweep's name, or a trial of it.")
  private Target target;

  @Option(
      names = "--scores",
      required = true,
      paramLabel = "SCORES",
      description = "Names, as in mig,sap, or a YAML map with options, as in '{mig: {bins: 50}}'.")
  private String scores;

  @Option(
      names = "--on",
      paramLabel = "test|validation|train|all",
      defaultValue = "test",
      description = "The images that are scored on. Default: test")
  private ScoredPart part;

  @Option(
      names = "--images",
      paramLabel = "N",
      description =
          "How many of them at most, always the same ones. Default: 10000, or what the score says")
  private Integer images;

  @Override
  public Integer call() throws CommandException {
    Map<String, Object> usual = new LinkedHashMap<>();
    usual.put(ScoreChoice.ON, part.word());
    if (images != null) {
      usual.put(ScoreChoice.IMAGES, images);
    }
    try (Catalog catalog = Plugins.load(elbow.plugins())) {
      ChosenScores chosen = ChosenScores.read(scores, usual, catalog);
      return evaluate(catalog, new Evaluation(catalog, elbow.dataFolder(), chosen));
    }
  }

  private int evaluate(Catalog catalog, Evaluation evaluation) throws CommandException {
    Path folder = elbow.results().resolve(target.sweep());
    List<Row> rows = completed();
    Sweep sweep = SweepFile.require(folder.resolve("sweep.yaml"), catalog, elbow.dataFolder());
    List<String> problems =
        evaluation.problems(rows.stream().map(row -> sweep.trial(row.trial())).toList());
    if (!problems.isEmpty()) {
      throw ChosenScores.refused(problems);
    }
    try {
      return evaluate(folder, rows, sweep, evaluation);
    } catch (IOException e) {
      throw CommandException.system("sweep '%s': %s".formatted(target.sweep(), e), e);
    }
  }

  private List<Row> completed() throws CommandException {
    Results results =
        ResultsCommand.only(SweepFolders.read(elbow.results(), target.sweep()), target);
    List<Row> rows =
        results.rows().stream().filter(row -> row.state().equals("completed")).toList();
    if (rows.isEmpty()) {
      throw ChosenScores.refused(List.of("no trial of %s is completed".formatted(target)));
    }
    return rows;
  }

  private int evaluate(Path folder, List<Row> rows, Sweep sweep, Evaluation evaluation)
      throws IOException {
    ScoreTable table = new ScoreTable();
    int failed = 0;
    for (Row row : rows) {
      Path model = folder.resolve("trials").resolve("%04d".formatted(row.trial()));
      try {
        Map<String, Double> figures =
            evaluation.scores(model, sweep.trial(row.trial()).dataset(), progress(row));
        table.put(row.trial(), row.attempts(), figures);
        say(row, figures);
      } catch (IOException | DatasetException e) {
        failed++;
        spec.commandLine()
            .getErr()
            .println("trial %04d is not scored: %s".formatted(row.trial(), e.getMessage()));
      }
    }
    if (failed < rows.size()) {
      ScoreFiles.add(folder, table);
      elbow.people().println("Written: " + folder.resolve("results.csv"));
    }
    return failed == 0 ? ExitCode.DONE : ExitCode.TRIAL_FAILED;
  }

  private ScoringProgress progress(Row row) {
    return new ScoringProgress("trial %04d".formatted(row.trial()), elbow.people());
  }

  private void say(Row row, Map<String, Double> figures) {
    String text =
        figures.entrySet().stream()
            .map(f -> String.format(Locale.ROOT, "%s %.4f", f.getKey(), f.getValue()))
            .collect(Collectors.joining(", "));
    elbow.people().println("trial %04d: %s".formatted(row.trial(), text));
    if (elbow.json()) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("trial", "%04d".formatted(row.trial()));
      figures.forEach((column, f) -> object.put(column, Double.isFinite(f) ? f : null));
      spec.commandLine().getOut().println(Json.line(object));
    }
  }
}
