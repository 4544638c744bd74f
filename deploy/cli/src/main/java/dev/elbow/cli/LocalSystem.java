package dev.elbow.cli;

import dev.elbow.api.data.DataFolder;
import dev.elbow.broker.Broker;
import dev.elbow.broker.BrokerSettings;
import dev.elbow.catalog.Catalog;
import dev.elbow.coordinator.Coordinator;
import dev.elbow.coordinator.CoordinatorSettings;
import dev.elbow.coordinator.sweep.Sweep;
import dev.elbow.trainer.HeadStart;
import dev.elbow.trainer.Worker;
import dev.elbow.trainer.WorkerSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Broker, coordinator and worker in this JVM, talking through Kafka as they do on many machines.
 */
final class LocalSystem implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalSystem.class);

  private static final String HEARTBEAT_MILLIS = "200";

  // Closed in the reverse order of their start, so that none loses what it talks to.
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private Coordinator coordinator;

  private LocalSystem() {}

  /**
   * Where everything is.
   *
   * @param home the broker's state is in its folder {@code broker}
   * @param slots how many trials run at once
   * @param only the one sweep that is to go on; empty for all that are unfinished
   * @param metrics where figures are counted; not closed
   */
  record Settings(
      Path home,
      Path results,
      DataFolder data,
      Catalog catalog,
      int slots,
      Optional<Sweep> only,
      MeterRegistry metrics) {}

  /**
   * Starts all three.
   *
   * @throws CommandException that says what cannot be started; nothing is left running then
   */
  static LocalSystem start(Settings settings) throws CommandException {
    makeFolder(settings.results());
    LocalSystem system = new LocalSystem();
    try {
      system.startParts(settings);
      return system;
    } catch (RuntimeException | LinkageError e) {
      system.close();
      Throwable reason =
          e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
      LOG.info("cannot start", reason);
      throw CommandException.system("Elbow cannot start: " + reason.getMessage(), reason);
    }
  }

  private static void makeFolder(Path results) throws CommandException {
    try {
      Files.createDirectories(results);
      // An object store's may throw anything.
    } catch (IOException | RuntimeException e) {
      throw CommandException.system(
          "The results folder %s cannot be made: %s. Nothing was queued.".formatted(results, e), e);
    }
  }

  private void startParts(Settings settings) {
    // Kafka and libtorch take a second or more each, and neither needs the other.
    CompletableFuture<HeadStart> begun =
        CompletableFuture.supplyAsync(
            () -> HeadStart.load(Optional.empty(), settings.catalog(), settings.data()));
    settings.only().ifPresent(sweep -> begun.thenAcceptAsync(head -> expect(head, sweep)));
    Broker broker = Broker.start(brokerSettings(settings));
    parts.push(broker);
    Vertx vertx = Vertx.vertx();
    parts.push(() -> await(vertx.close()));
    Future<Coordinator> starting =
        Coordinator.start(vertx, coordinatorSettings(settings, broker), settings.metrics());
    Future<Void> leading = starting.compose(started -> started.stand(Optional.empty()));
    parts.push(() -> await(starting.compose(Coordinator::close)));
    CompletableFuture<Worker> worker =
        begun.thenApplyAsync(head -> Worker.start(workerSettings(settings, broker), head));
    parts.push(() -> closeIfStarted(worker));
    coordinator = await(starting);
    await(leading);
    worker.join();
  }

  private static void expect(HeadStart begun, Sweep sweep) {
    begun.expect(sweep.trial(1).dataset());
  }

  // A slot gets its share of the queue with the second or third of its heartbeats: a run is to
  // begin at once, and its few slots are no load.
  private static BrokerSettings brokerSettings(Settings settings) {
    return BrokerSettings.builder(settings.home().resolve("broker"))
        .property("group.share.min.heartbeat.interval.ms", HEARTBEAT_MILLIS)
        .property("group.share.heartbeat.interval.ms", HEARTBEAT_MILLIS)
        .build();
  }

  // Without a coordinator a worker would wait for its topics, and we for the worker.
  private static void closeIfStarted(CompletableFuture<Worker> worker) {
    if (worker.isDone() && !worker.isCompletedExceptionally()) {
      worker.join().close();
    }
  }

  private static CoordinatorSettings coordinatorSettings(Settings settings, Broker broker) {
    CoordinatorSettings all =
        CoordinatorSettings.of(
            broker.bootstrapServers(), settings.results(), settings.data(), settings.catalog());
    // HOME is locked, so whoever led here before is gone, however it ended.
    CoordinatorSettings alone = all.alone();
    return settings.only().map(Sweep::name).map(alone::only).orElse(alone);
  }

  private static WorkerSettings workerSettings(Settings settings, Broker broker) {
    return WorkerSettings.of(
        broker.bootstrapServers(),
        settings.results(),
        settings.data(),
        settings.catalog(),
        settings.slots(),
        settings.metrics());
  }

  /** The coordinator, which takes sweeps. */
  Coordinator coordinator() {
    return coordinator;
  }

  /** The value of a future that another thread completes; its failure as a runtime exception. */
  static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }

  /**
   * Hands running trials back at a checkpoint and ends within seconds. Further calls do nothing.
   */
  @Override
  public void close() {
    while (!parts.isEmpty()) {
      closeQuietly(parts.pop());
    }
  }

  private static void closeQuietly(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      // The others still have to be closed, and what is in the log survives either way.
      LOG.warn("{} did not close in good order", part.getClass().getSimpleName(), e);
    }
  }
}
