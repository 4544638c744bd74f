package dev.elbow.acceptance.chaos;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Kills parts of a whole Elbow while it trains, and says what became of the sweep. */
@Command(
    name = "chaos",
    mixinStandardHelpOptions = true,
    description =
        "Kills parts of a whole Elbow while it trains, and says what became of the sweep.")
public final class Chaos {
  private final PrintStream out = System.out;

  /** Ends with 0 if everything was as promised, 1 if not. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Chaos()).execute(arguments));
  }

  @Command(
      name = "planned",
      description = "Three brokers, two coordinators, four workers: one blow of each kind.")
  int planned() throws Exception {
    return inFolder((folder, report) -> PlannedRun.longForm(report).all(folder));
  }

  @Command(name = "kills", description = "One broker, two coordinators, two workers: three kills.")
  int kills() throws Exception {
    return inFolder((folder, report) -> PlannedRun.shortForm(report).kills(folder));
  }

  @Command(name = "seeds", description = "Blows at random, for each of several seeds.")
  int seeds(
      @Option(names = "--seed", defaultValue = "1", description = "The first. Default: 1")
          long seed,
      @Option(names = "--seeds", defaultValue = "10", description = "How many. Default: 10")
          int seeds)
      throws Exception {
    List<Long> all = LongStream.range(seed, seed + seeds).boxed().toList();
    return inFolder((folder, report) -> new RandomRun(report).run(folder, all));
  }

  @Command(name = "delays", description = "How long it takes until others go on.")
  int delays(
      @Option(names = "--times", defaultValue = "5", description = "Of each. Default: 5") int times)
      throws Exception {
    return inFolder((folder, report) -> new Delays(report).run(folder, times));
  }

  @Command(name = "replay", description = "The start of a coordinator whose log is long.")
  int replay(
      @Option(names = "--trials", defaultValue = "100000", description = "Default: 100000")
          int trials)
      throws Exception {
    return inFolder((folder, report) -> new Replay(report, trials).run(folder));
  }

  @Command(name = "balance", description = "16 slots, 64 trials of very different lengths.")
  int balance() throws Exception {
    return inFolder((folder, report) -> new Balance(report).run(folder));
  }

  @Command(name = "soak", description = "A blow a minute, and the memory of every process.")
  int soak(
      @Option(names = "--minutes", defaultValue = "30", description = "Default: 30") int minutes,
      @Option(names = "--seed", defaultValue = "1") long seed)
      throws Exception {
    return inFolder(
        (folder, report) -> new Soak(report, seed).run(folder, Duration.ofMinutes(minutes)));
  }

  @Command(name = "load", description = "Nothing is killed: what a coordinator takes.")
  int load(
      @Option(names = "--trials", defaultValue = "10000", description = "Default: 10000")
          int trials,
      @Option(names = "--requests", defaultValue = "1000", description = "Default: 1000")
          int requests,
      @Option(names = "--streams", defaultValue = "100", description = "Default: 100") int streams,
      @Option(names = "--seconds", defaultValue = "60", description = "Default: 60") int seconds)
      throws Exception {
    Load.Settings settings = new Load.Settings(trials, requests, streams, seconds);
    return inFolder((folder, report) -> new Load(report, settings).run(folder));
  }

  @Command(name = "dashboard", description = "Nothing is killed: a browser, and many trials.")
  int dashboard(
      @Option(names = "--trials", defaultValue = "10000", description = "Default: 10000")
          int trials,
      @Option(names = "--minutes", defaultValue = "10", description = "Default: 10") int minutes)
      throws Exception {
    Duration watched = Duration.ofMinutes(minutes);
    return inFolder((folder, report) -> new DashboardLoad(report, trials, watched).run(folder));
  }

  /** Something to run in a folder of its own. */
  @FunctionalInterface
  private interface Run {
    void in(Path folder, Report report) throws Exception;
  }

  private int inFolder(Run run) throws Exception {
    Path folder = Files.createTempDirectory("elbow-chaos");
    out.println("in " + folder);
    Report report = new Report(out);
    try {
      run.in(folder, report);
    } catch (StuckException e) {
      report.problems(List.of(e.getMessage()));
    }
    report.print();
    if (!report.problems().isEmpty()) {
      out.println("what the processes said is in " + folder);
      return 1;
    }
    delete(folder);
    return 0;
  }

  private static void delete(Path folder) throws Exception {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
