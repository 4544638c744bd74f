package dev.elbow.acceptance.chaos;

import dev.elbow.api.TrialId;
import dev.elbow.messaging.Event;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** How long a coordinator that starts needs for a log of many trials that have ended. */
final class Replay {
  private static final String READY = "coordinator started: it is ready";
  private static final String READY_AFTER_KILL = "coordinator killed and started: it is ready";
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int SWEEPS = 10;
  private static final int STARTS = 5;
  private static final String SWEEP =
      """
      name: replay-%d
      dataset: {plugin: idx, path: tiny}
      encoder: {plugin: dense, hidden: [32]}
      decoder: {plugin: dense, hidden: [32]}
      objective: {plugin: elbo, likelihood: bernoulli}
      training: {epochs: 10, batchSize: 64}
      parameters: {latent: 3, beta: {min: 0.1, max: 10, scale: log}}
      search: {plugin: random, trials: %d}
      """;

  private final Report report;
  private final int trials;

  /**
   * @param trials in all, a multiple of 10
   */
  Replay(Report report, int trials) {
    this.report = report;
    this.trials = trials;
  }

  void run(Path folder) throws Exception {
    try (Installation system = Installation.in(folder, new Installation.Size(1, 1, 0, 1))) {
      system.start();
      for (int sweep = 1; sweep <= SWEEPS; sweep++) {
        system.submit(SWEEP.formatted(sweep, trials / SWEEPS));
      }
      Member coordinator = system.coordinators().get(0);
      coordinator.ask();
      coordinator.awaitEnd();
      write(system.log());
      report.say("the log holds %d ends".formatted(trials));
      for (int start = 0; start < STARTS; start++) {
        report.hit(started(READY, system, coordinator));
        coordinator.kill();
        report.hit(started(READY_AFTER_KILL, system, coordinator));
        coordinator.ask();
        coordinator.awaitEnd();
      }
      coordinator.start();
      report.problems(system.end());
    }
  }

  private void write(EventLog log) throws Exception {
    long epoch = log.ask(History::epoch);
    List<Future<Long>> written = new ArrayList<>();
    for (int trial = 0; trial < trials; trial++) {
      TrialId id = new TrialId("replay-" + (1 + trial % SWEEPS), 1 + trial / SWEEPS);
      for (Event event : LoggedTrials.life(epoch, id)) {
        written.add(log.write(event));
      }
      if (written.size() >= 10_000) {
        await(written);
      }
    }
    await(written);
  }

  private static void await(List<Future<Long>> written) throws Exception {
    Future.all(written).toCompletionStage().toCompletableFuture().get(5, TimeUnit.MINUTES);
    written.clear();
  }

  private Hit started(String what, Installation system, Member coordinator) throws Exception {
    long at = System.nanoTime();
    coordinator.start();
    String url = coordinator.awaitServed(PATIENCE);
    Waiting.until(
        Installation.START,
        "ready",
        () -> system.status(url + "/health/ready", Optional.empty()) == 200,
        coordinator::said);
    Duration took = Duration.ofNanos(System.nanoTime() - at);
    String last = system.read(url + "/api/sweeps/replay-" + SWEEPS);
    if (!last.contains("\"completed\":" + trials / SWEEPS)) {
      report.problems(List.of("ready, but it says " + last));
    }
    return new Hit(
        what,
        "%d trials completed, %d MB resident".formatted(trials, coordinator.residentBytes() >> 20),
        Map.of(what, took));
  }
}
