package dev.elbow.cli;

import dev.elbow.api.data.DatasetException;
import dev.elbow.catalog.Catalog;
import dev.elbow.cli.verify.CaseTable;
import dev.elbow.cli.verify.Check;
import dev.elbow.cli.verify.Finding;
import dev.elbow.cli.verify.Measured;
import dev.elbow.cli.verify.ReferenceCase;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Trains reference cases and compares what comes out with what is known. */
@Command(
    name = "verify",
    description = {
      "Trains reference cases and tells whether figures of the literature come out: expected, measured, pass or fail.",
      "",
      "Without --all it is meant for less than 15 minutes on two quiet cores. Cases on MNIST need --data; without it they are not "
          + "run, and it says so. Each case is trained and scored by 'elbow run' and 'elbow evaluate', in a new folder of "
          + "HOME/verify; losses are also computed anew from the exported models with ONNX Runtime. In 'measured', < and > stand "
          + "between settings of which no seed overlaps, ~ where some do.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every case that ran is as expected",
      "1:some figure is not, or no case ran",
      "2:something is wrong with the command line",
      "130:interrupted"
    },
    footer = {
      "",
      "Examples:",
      "  elbow verify --data ~/data",
      "  elbow verify --list",
      "  elbow verify --data ~/data --case verify-mnist-tutorial --in /tmp/mnist-verify"
    })
final class VerifyCommand implements Callable<Integer> {
  private static final String NOT_RUN = "not run";

  @ParentCommand private Elbow elbow;
  @Spec private CommandSpec spec;

  @Option(names = "--all", description = "The long cases too.")
  private boolean all;

  @Option(names = "--list", description = "Shows all cases and their sources, and trains nothing.")
  private boolean list;

  @Option(
      names = "--case",
      split = ",",
      paramLabel = "NAME,…",
      description = "These cases alone, long ones or not.")
  private List<String> names;

  @Option(
      names = "--in",
      paramLabel = "DIR",
      description =
          "Where it trains. What is there already is not trained again, so an interrupted run goes on. Default: a new folder "
              + "in HOME/verify")
  private Path folder;

  private final List<List<String>> table = new ArrayList<>();
  private int passed;
  private int failed;
  private int shown;
  private int notRun;

  @Override
  public Integer call() throws CommandException {
    List<ReferenceCase> chosen = chosen(CaseTable.released());
    if (list) {
      print(chosen);
      return ExitCode.DONE;
    }
    Path home = folder == null ? fresh() : folder;
    try (Catalog catalog = Plugins.load(home.resolve("plugins"))) {
      CaseTraining training = new CaseTraining(elbow, home, catalog);
      for (ReferenceCase reference : chosen) {
        verify(reference, training);
      }
    } catch (CaseTraining.InterruptedRunException e) {
      people().println("Interrupted. 'elbow verify --in %s' goes on.".formatted(home));
      return ExitCode.INTERRUPTED;
    }
    conclude(home);
    return failed == 0 && passed > 0 ? ExitCode.DONE : ExitCode.TRIAL_FAILED;
  }

  private List<ReferenceCase> chosen(List<ReferenceCase> released) throws CommandException {
    List<String> known = released.stream().map(ReferenceCase::name).toList();
    List<String> asked = names == null ? List.of() : names;
    List<String> problems =
        asked.stream()
            .filter(name -> !known.contains(name))
            .map(name -> "--case: found '%s', expected one of %s".formatted(name, known))
            .toList();
    if (!problems.isEmpty()) {
      throw CommandException.badInput(problems);
    }
    return released.stream()
        .filter(
            each -> asked.isEmpty() ? all || list || !each.isLong() : asked.contains(each.name()))
        .toList();
  }

  private PrintWriter people() {
    return elbow.json() ? spec.commandLine().getErr() : spec.commandLine().getOut();
  }

  private Path fresh() {
    String name = LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss"));
    return elbow.home().resolve("verify").resolve(name);
  }

  private void verify(ReferenceCase reference, CaseTraining training)
      throws CaseTraining.InterruptedRunException {
    Optional<String> lacks = lacks(reference);
    if (lacks.isPresent()) {
      notRun++;
      say(reference.name(), new Line(NOT_RUN, "", "", lacks.get(), ""));
      return;
    }
    people().println("%n%s: %s".formatted(reference.name(), reference.about()));
    try {
      List<Measured> trials = training.measure(reference);
      reference.checks().forEach(check -> judge(reference.name(), check, trials));
    } catch (CommandException e) {
      failed++;
      say(reference.name(), new Line(Finding.Verdict.FAIL.word(), "", "", e.getMessage(), ""));
    }
  }

  private Optional<String> lacks(ReferenceCase reference) {
    if (reference.data().isEmpty()) {
      return Optional.empty();
    }
    try {
      elbow.dataFolder().resolve(reference.data());
      return Optional.empty();
    } catch (DatasetException e) {
      return Optional.of("needs data: " + e.getMessage());
    }
  }

  private void judge(String name, Check check, List<Measured> trials) {
    Finding finding = check.judge(trials);
    switch (finding.verdict()) {
      case PASS -> passed++;
      case FAIL -> failed++;
      case SHOWN -> shown++;
    }
    String result = finding.verdict().word();
    say(
        name,
        new Line(result, check.about(), finding.expected(), finding.measured(), check.source()));
  }

  /** What is told of one check. */
  private record Line(
      String result, String figure, String expected, String measured, String source) {}

  private void say(String name, Line line) {
    table.add(List.of(line.result(), name, line.figure(), line.expected(), line.measured()));
    if (elbow.json()) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("case", name);
      object.put("result", line.result());
      object.put("figure", line.figure());
      object.put("expected", line.expected());
      object.put("measured", line.measured());
      object.put("source", line.source());
      spec.commandLine().getOut().println(Json.line(object));
    }
  }

  private void conclude(Path home) {
    people().println();
    new TextTable(List.of("result", "case", "figure", "expected", "measured"), table)
        .lines()
        .forEach(people()::println);
    people().println();
    people()
        .println(
            "%d passed, %d failed, %d shown; %d cases not run."
                .formatted(passed, failed, shown, notRun));
    if (passed + failed + shown > 0) {
      people().println("Files: " + home.toAbsolutePath().resolve("sweeps"));
    }
  }

  private void print(List<ReferenceCase> cases) {
    for (ReferenceCase reference : cases) {
      people().println(title(reference));
      for (Check check : reference.checks()) {
        String expected = check.expected().isEmpty() ? "shown" : check.expected();
        String source = check.source().isEmpty() ? "" : "  [%s]".formatted(check.source());
        people().println("  %s: %s%s".formatted(check.about(), expected, source));
      }
      people().println();
    }
  }

  private static String title(ReferenceCase reference) {
    return "%s (about %s min%s%s): %s"
        .formatted(
            reference.name(),
            String.format(Locale.ROOT, "%.0f", reference.minutes()),
            reference.isLong() ? ", with --all" : "",
            reference.data().isEmpty() ? "" : ", needs " + reference.data() + " in --data",
            reference.about());
  }
}
