package dev.elbow.cli;

import dev.elbow.catalog.Catalog;
import dev.elbow.coordinator.Coordinator;
import dev.elbow.coordinator.Submission;
import dev.elbow.coordinator.results.Results;
import dev.elbow.coordinator.sweep.Sweep;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Trains a sweep with everything in this JVM. */
@Command(
    name = "run",
    description = {
      "Trains every trial of a sweep and ends with a table of the results.",
      "",
      "Broker, coordinator and workers run in this process; their state is in HOME. On a terminal a bar shows the sweep and "
          + "a line each slot. Elsewhere each evaluation is a line:",
      "",
      "  trial 0003 epoch 4/10 loss 109.64 reconstruction 85.12 kl 24.52",
      "",
      "These are losses on the test images, in nats per image; loss = reconstruction + kl, whatever beta is.",
      "",
      "Ctrl-C ends it in good order. The same command again goes on where it stopped; a sweep that is over prints its "
          + "table at once. SWEEP.yaml may also be the trial.json of a trial, which trains that trial again.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every trial completed",
      "1:the sweep is over and some trial failed",
      "2:something is wrong with the sweep, and nothing was queued",
      "3:the system lacks something, which is named",
      "130:interrupted"
    },
    footer = {
      "",
      "Examples:",
      "  elbow run deploy/examples/quickstart.yaml",
      "  elbow run mnist.yaml --data ~/data --slots 2",
      "  elbow run mnist.yaml --data ~/data --json > events.jsonl"
    })
final class RunCommand implements Callable<Integer> {
  private static final int MOST_ROWS = 100;

  @ParentCommand private Elbow elbow;

  @Parameters(
      paramLabel = "SWEEP.yaml",
      description = "The sweep file: YAML, JSON or a trial.json.")
  private Path file;

  @Override
  public Integer call() throws Exception {
    int slots = elbow.slots();
    try (Catalog catalog = Plugins.load(elbow.plugins())) {
      Sweep sweep = SweepFile.require(file, catalog, elbow.dataFolder());
      sweep.notices().forEach(people()::println);
      Optional<Results> over =
          FinishedSweep.find(sweep, elbow.results(), catalog, elbow.dataFolder());
      return over.isPresent() ? finish(over.get()) : train(sweep, catalog, slots);
    }
  }

  private int train(Sweep sweep, Catalog catalog, int slots) throws Exception {
    try (HomeLock ignored = HomeLock.take(elbow.home());
        Interrupt interrupt = Interrupt.watch()) {
      LogSetup.addFile(elbow.home());
      LocalSystem.Settings settings =
          new LocalSystem.Settings(
              elbow.home(), elbow.results(), elbow.dataFolder(), catalog, slots);
      try (LocalSystem system = LocalSystem.start(settings)) {
        return train(sweep, system, interrupt, slots);
      }
    }
  }

  private int train(Sweep sweep, LocalSystem system, Interrupt interrupt, int slots)
      throws Exception {
    Optional<Console> console =
        elbow.json() ? Optional.empty() : Console.open(System.getenv("NO_COLOR") == null);
    try (Progress progress = progress(console, new TrialLines(sweep::trial), slots);
        ProgressFeed feed = new ProgressFeed(sweep.name(), progress);
        AutoCloseable ignored = system.coordinator().observe(feed)) {
      submit(sweep, system.coordinator());
      CompletableFuture<?> finished =
          system.coordinator().finished(sweep.name()).toCompletionStage().toCompletableFuture();
      CompletableFuture.anyOf(interrupt.asked(), finished).join();
    } finally {
      console.ifPresent(Console::close);
    }
    return interrupt.asked().isDone() ? interrupted(sweep, system) : finish(results(sweep));
  }

  private static void submit(Sweep sweep, Coordinator coordinator) throws CommandException {
    Submission submission = LocalSystem.await(coordinator.submit(sweep));
    if (submission instanceof Submission.Refused refused) {
      throw CommandException.badInput(List.of(refused.message()));
    }
  }

  private Progress progress(Optional<Console> console, TrialLines lines, int slots) {
    if (elbow.json()) {
      return new JsonProgress(System.out, new PlainProgress(System.err, lines), Clock.systemUTC());
    }
    long begin = System.nanoTime();
    Supplier<Duration> time = () -> Duration.ofNanos(System.nanoTime() - begin);
    return console
        .<Progress>map(found -> new TerminalProgress(found.lines(), lines, time, slots))
        .orElseGet(() -> new PlainProgress(System.out, lines));
  }

  private Results results(Sweep sweep) throws CommandException {
    return SweepFolders.read(elbow.results(), sweep.name());
  }

  private int finish(Results results) throws IOException {
    ResultsTable table = new ResultsTable(results);
    people().println();
    table.lines(MOST_ROWS).forEach(people()::println);
    table.failures().forEach(people()::println);
    people().println();
    people().println("Files: " + elbow.results().resolve(results.sweep()).toAbsolutePath());
    if (elbow.json()) {
      table.json().forEach(System.out::println);
    }
    return table.failures().isEmpty() ? ExitCode.DONE : ExitCode.TRIAL_FAILED;
  }

  private int interrupted(Sweep sweep, LocalSystem system) {
    people().println("Interrupted. Running trials are handed back at their last checkpoint ...");
    system.close();
    people().println("The same command again goes on with %s.".formatted(sweep.name()));
    return ExitCode.INTERRUPTED;
  }

  private PrintStream people() {
    return elbow.json() ? System.err : System.out;
  }
}
