package dev.elbow.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Measures Elbow beside a peer and prints one table. */
@CommandLine.Command(
    name = "beside",
    description = {
      "Runs Elbow and a peer in turn, two models at once on two processors each, and prints a table of medians.",
      "",
      "A turn in which the two did not train at the same time is thrown away and run again.",
      ""
    },
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true)
public final class Beside implements Callable<Integer> {
  @Option(
      names = "--peer",
      required = true,
      paramLabel = "SCRIPT",
      description = "What trains the same models in another way; see the README.")
  private Path peer;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "Holds MNIST in its folder mnist.")
  private Path data;

  @Option(
      names = "--alternations",
      paramLabel = "N",
      defaultValue = "5",
      description = "How many turns each has. Default: ${DEFAULT-VALUE}")
  private int alternations;

  @Option(
      names = "--rows",
      split = ",",
      paramLabel = "ROW",
      description = "What is measured: ${COMPLETION-CANDIDATES}. Default: all")
  private List<Work> rows = Arrays.asList(Work.values());

  @Option(
      names = "--precision",
      split = ",",
      paramLabel = "P",
      defaultValue = "fp32,bf16",
      description = "In what models are trained. Default: ${DEFAULT-VALUE}")
  private List<String> precisions;

  @Option(names = "--quick", description = "To try it: one turn of few epochs and trials.")
  private boolean quick;

  /** A part of the table. */
  enum Work {
    dense,
    conv,
    sweep,
    start,
    trials
  }

  public static void main(String[] arguments) {
    CommandLine line = new CommandLine(new Beside());
    line.setExecutionExceptionHandler(
        (e, command, parsed) -> {
          System.err.println(e.getMessage());
          return CommandLine.ExitCode.SOFTWARE;
        });
    System.exit(line.execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    Path project = Path.of(System.getProperty("elbow.project"));
    Path folder = Files.createTempDirectory("elbow-beside");
    Sizes sizes = quick ? Sizes.QUICK : Sizes.of(alternations);
    Measurement measurement =
        new Measurement(
            sizes,
            new Command(project.resolve("deploy").resolve("elbow"), data, folder),
            new Peer(peer, folder),
            new Products(folder),
            new HundredTinyTrials(project, data, folder),
            data.toAbsolutePath());
    measurement.measure(chosen(), precisions, System.err);
    measurement.table().print(System.out);
    System.err.println("results of all runs are in " + folder);
    return 0;
  }

  private Set<Work> chosen() {
    return EnumSet.copyOf(rows);
  }
}
