package dev.elbow.cli;

import dev.elbow.catalog.Catalog;
import dev.elbow.coordinator.Coordinator;
import dev.elbow.coordinator.Submission;
import dev.elbow.coordinator.ledger.TrialState;
import dev.elbow.coordinator.sweep.Sweep;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jline.utils.AttributedString;

/** Trains one sweep in this JVM and shows how it gets on. */
final class LocalRun {
  private final Elbow elbow;
  private final Sweep sweep;
  private final Interrupt interrupt;

  LocalRun(Elbow elbow, Sweep sweep, Interrupt interrupt) {
    this.elbow = elbow;
    this.sweep = sweep;
    this.interrupt = interrupt;
  }

  /**
   * Trains until every trial has ended or somebody interrupts.
   *
   * @return whether every trial has ended
   */
  boolean train(Catalog catalog) throws Exception {
    Optional<Console> console =
        elbow.json() ? Optional.empty() : Console.open(System.getenv("NO_COLOR") == null);
    try {
      show(console, sweep.name() + "  starting Kafka and libtorch ...");
      return train(catalog, console);
    } finally {
      console.ifPresent(Console::close);
    }
  }

  private boolean train(Catalog catalog, Optional<Console> console) throws Exception {
    LocalSystem.Settings settings =
        new LocalSystem.Settings(
            elbow.home(),
            elbow.results(),
            elbow.dataFolder(),
            catalog,
            elbow.slots(),
            Optional.of(sweep),
            new CompositeMeterRegistry()); // nobody collects figures of a run
    try (LocalSystem system = LocalSystem.start(settings)) {
      boolean finished = watch(system.coordinator(), progress(console, elbow.slots()));
      show(console, finished ? "" : "ending: running trials are brought to a checkpoint ...");
      return finished;
    }
  }

  private boolean watch(Coordinator coordinator, Progress shown) throws Exception {
    try (Progress progress = shown;
        ProgressFeed feed = new ProgressFeed(sweep.name(), progress);
        AutoCloseable ignored = coordinator.observe(feed)) {
      submit(coordinator);
      tellRunning(coordinator, feed);
      CompletableFuture<?> finished =
          coordinator.finished(sweep.name()).toCompletionStage().toCompletableFuture();
      await(CompletableFuture.anyOf(interrupt.asked(), finished));
      return !interrupt.asked().isDone();
    }
  }

  private void submit(Coordinator coordinator) throws CommandException {
    Submission submission =
        await(coordinator.submit(sweep).toCompletionStage().toCompletableFuture());
    if (submission instanceof Submission.Refused refused) {
      throw CommandException.badInput(List.of(refused.message()));
    }
  }

  /** The coordinator says in a sentence why it cannot go on. */
  private static <T> T await(CompletableFuture<T> future) throws CommandException {
    try {
      return future.join();
    } catch (CompletionException e) {
      throw CommandException.system(e.getCause().getMessage(), e.getCause());
    }
  }

  // A sweep that goes on may have begun with trials before anybody was listening.
  private void tellRunning(Coordinator coordinator, ProgressFeed feed) {
    coordinator
        .trials(sweep.name())
        .onSuccess(
            trials ->
                trials.stream()
                    .filter(trial -> trial.state() == TrialState.RUNNING)
                    .forEach(feed::changed));
  }

  private Progress progress(Optional<Console> console, int slots) {
    TrialLines lines = new TrialLines(sweep::trial);
    if (elbow.json()) {
      Progress people = new PlainProgress(System.err, lines);
      return new JsonProgress(System.out, people, Clock.systemUTC());
    }
    long begin = System.nanoTime();
    Supplier<Duration> time = () -> Duration.ofNanos(System.nanoTime() - begin);
    return console
        .<Progress>map(found -> new TerminalProgress(found.lines(), lines, time, slots))
        .orElseGet(() -> new PlainProgress(System.out, lines));
  }

  private static void show(Optional<Console> console, String text) {
    List<AttributedString> lines = text.isEmpty() ? List.of() : List.of(new AttributedString(text));
    console.ifPresent(found -> found.lines().show(lines));
  }
}
