package dev.elbow.acceptance.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One installation from its start to its end, and the sweep that it has to bring to its end, or
 * several after one another.
 */
final class Session {
  // Longer than a lease, a broker's and a coordinator's session after one another.
  private static final Duration STUCK = Duration.ofSeconds(150);

  private final Installation system;
  private final List<ShortTrials> sweeps = new ArrayList<>();
  private final Report report;
  private ShortTrials sweep;
  private long moved = System.nanoTime();
  private int before = -1;

  Session(Installation system, ShortTrials sweep, Report report) {
    this.system = system;
    this.sweep = sweep;
    this.report = report;
  }

  /** Something that is done to the system while it works. */
  @FunctionalInterface
  interface Trouble {
    void make() throws Exception;
  }

  /** Starts everything and hands in the sweep. */
  void begin() throws Exception {
    system.start();
    system.submit(sweep.yaml());
    report.say("%s of %d trials is queued".formatted(sweep.name(), sweep.trials()));
    moved = System.nanoTime();
  }

  /** Hands in another sweep, when one is over. */
  void next() throws InterruptedException {
    sweeps.add(sweep);
    ShortTrials first = sweeps.get(0);
    sweep = first.named("%s-%d".formatted(first.name(), sweeps.size() + 1));
    system.submit(sweep.yaml());
    moved = System.nanoTime();
  }

  /** Makes the troubles, each when another share of the trials is over. */
  void trouble(List<Trouble> troubles) throws Exception {
    for (int i = 0; i < troubles.size(); i++) {
      awaitOver(1 + i * sweep.trials() * 4 / 5 / troubles.size());
      troubles.get(i).make();
    }
  }

  /** Waits until so many trials are over. */
  void awaitOver(int trials) throws InterruptedException {
    while (over() < trials) {
      look();
    }
  }

  /**
   * Waits for a moment.
   *
   * @throws StuckException if no trial has ended for minutes
   */
  void look() throws InterruptedException {
    int now = over();
    if (now != before) {
      before = now;
      moved = System.nanoTime();
    } else if (System.nanoTime() - moved > STUCK.toNanos()) {
      throw new StuckException(
          "%d of %d trials are over: %s".formatted(now, sweep.trials(), open()));
    }
    TimeUnit.MILLISECONDS.sleep(50);
  }

  boolean isOver() {
    return over() >= sweep.trials();
  }

  int over() {
    return system.log().ask(history -> history.over(sweep.name()));
  }

  private String open() {
    return system
        .log()
        .ask(
            history ->
                history
                    .trials(sweep.name())
                    .filter(trial -> !trial.getValue().isOver())
                    .limit(5)
                    .toList()
                    .toString());
  }

  /**
   * Waits for the sweep's end, ends all processes, and says what is wrong.
   *
   * @param undisturbed holds the files of the first sweep as nothing had happened to it
   */
  List<String> verdict(Path undisturbed) throws Exception {
    awaitOver(sweep.trials());
    sweeps.add(sweep);
    tell();
    List<String> problems = new ArrayList<>(system.log().unreadable());
    for (ShortTrials each : sweeps) {
      problems.addAll(system.log().ask(verdictOf(each)::ofLog));
    }
    problems.addAll(system.end());
    problems.addAll(verdictOf(sweeps.get(0)).ofModels(system.results(), undisturbed));
    for (ShortTrials each : sweeps) {
      problems.addAll(verdictOf(each).ofTable(system.results()));
    }
    problems.addAll(Verdict.leftOvers(system.results()));
    problems.addAll(orphans());
    problems.addAll(left(system.folder().resolve("tmp")));
    return problems;
  }

  private static Verdict verdictOf(ShortTrials sweep) {
    return new Verdict(sweep.name(), sweep.trials());
  }

  private void tell() {
    EventLog log = system.log();
    report.row("trials", sweeps.stream().mapToInt(ShortTrials::trials).sum() + "");
    report.row("executions", log.ask(h -> h.sum(History.Life::starts)) + "");
    report.row("attempts beyond the first", log.ask(h -> h.sum(life -> life.attempts() - 1)) + "");
    report.row("handed back", log.ask(h -> h.sum(History.Life::handedBack)) + "");
    report.row("decisions of replaced coordinators", log.ask(History::fenced) + ", none counted");
  }

  /** Processes that still run and are of this installation: each names its folder. */
  private List<String> orphans() {
    String folder = system.folder().toString();
    return ProcessHandle.allProcesses()
        .filter(process -> commandLine(process.pid()).contains(folder))
        .map(process -> "still runs: " + commandLine(process.pid()))
        .toList();
  }

  private static String commandLine(long pid) {
    try {
      return Files.readString(Path.of("/proc", String.valueOf(pid), "cmdline")).replace('\0', ' ');
    } catch (IOException e) {
      return "";
    }
  }

  private List<String> left(Path temporary) throws IOException {
    try (Stream<Path> files = Files.list(temporary)) {
      Map<Boolean, List<Path>> found =
          files.collect(Collectors.partitioningBy(Session::isBeingUnpacked));
      report.row("killed while they unpacked a library", found.get(true).size() + "");
      return found.get(false).stream().map(file -> "left over: " + file).toList();
    }
  }

  // A worker has these files for the moment between unpacking and loading, in its first trial.
  private static boolean isBeingUnpacked(Path file) {
    return file.getFileName().toString().startsWith("onnxruntime-java");
  }
}
