package dev.elbow.coordinator;

import static dev.elbow.coordinator.TestSystem.done;
import static dev.elbow.coordinator.TestSystem.until;
import static dev.elbow.coordinator.TestWorker.completed;

import dev.elbow.api.FailureKind;
import dev.elbow.api.TrialId;
import dev.elbow.api.TrialOutcome;
import dev.elbow.api.data.DataFolder;
import dev.elbow.broker.Broker;
import dev.elbow.broker.BrokerSettings;
import dev.elbow.catalog.Catalog;
import dev.elbow.coordinator.TestWorker.Taken;
import dev.elbow.coordinator.ledger.TrialState;
import dev.elbow.coordinator.sweep.Sweep;
import dev.elbow.coordinator.sweep.SweepReader;
import dev.elbow.messaging.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Records the event log of small sweeps in which everything happens that can happen to a trial, as
 * {@code src/test/resources/logs} keeps it for later releases. Run by hand, once a release; see the
 * README there.
 */
final class LogRecorder {
  private static final String BY = "somebody";

  private static final int ATTEMPTS = 3;

  private final TestSystem system;
  private final Path results;
  private final SweepReader reader;
  private final List<TestWorker> workers = new CopyOnWriteArrayList<>();

  private LogRecorder(TestSystem system, Path results, SweepReader reader) {
    this.system = system;
    this.results = results;
    this.reader = reader;
  }

  /** Arguments: the file to write. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("elbow-log");
    try (Broker broker = Broker.start(BrokerSettings.in(folder.resolve("broker")));
        Catalog catalog = Catalog.ofClassPath();
        TestSystem system = new TestSystem(broker, catalog, folder.resolve("sweeps"))) {
      SweepReader reader = new SweepReader(catalog, DataFolder.none());
      new LogRecorder(system, folder.resolve("sweeps"), reader).live();
      Files.write(Path.of(arguments[0]), lines(system.kafka()));
    }
    System.exit(0);
  }

  /** Lives of nine trials; what becomes of each stands beside its number. */
  private Optional<TrialOutcome> fate(TestWorker worker, Taken taken) {
    boolean first = taken.attempt() == 1;
    return switch (taken.trial().id().number()) {
      case 2 -> first ? failed(FailureKind.DIVERGED, "loss is NaN") : Optional.of(completed(102));
      case 3 ->
          first ? failed(FailureKind.INFRASTRUCTURE, "disk full") : Optional.of(completed(103));
      case 4 -> failed(FailureKind.PLUGIN_FAULT, "index 7 out of bounds");
      case 5 -> first ? without(() -> worker.handBack(taken)) : Optional.of(completed(105));
      case 6 ->
          first ? without(() -> worker.decline(taken, "other data")) : Optional.of(completed(106));
      case 7 -> Optional.empty(); // until somebody cancels it
      case 8 ->
          Optional.of(
              new TrialOutcome.Stopped(Optional.of(TestWorker.evaluation(108)), "patience", 1));
      case 9 -> without(worker::fallSilent);
      default -> Optional.of(completed(100));
    };
  }

  private static Optional<TrialOutcome> failed(FailureKind kind, String message) {
    return Optional.of(new TrialOutcome.Failed(kind, message, 0.5));
  }

  private static Optional<TrialOutcome> without(Runnable word) {
    word.run();
    return Optional.empty();
  }

  private void live() throws Exception {
    Coordinator coordinator = system.coordinator();
    done(coordinator.submit(sweep("recorded", 9)));
    done(coordinator.pause("recorded", BY));
    done(coordinator.resume("recorded", BY));
    TestWorker worker = worker();
    until(() -> seventh(worker).isPresent());
    // What one worker has declined only another takes.
    worker();
    done(coordinator.cancel(new TrialId("recorded", 7), BY));
    worker.end(
        seventh(worker).orElseThrow(), new TrialOutcome.Stopped(Optional.empty(), "cancelled", 1));
    loseWorkers();
    done(coordinator.finished("recorded"));
    done(coordinator.retry(new TrialId("recorded", 2), BY));
    until(() -> coordinator.view("recorded").orElseThrow().count(TrialState.FAILED) == 2);
    done(coordinator.finished("recorded"));
    done(coordinator.prune("recorded", 2, BY));
    remove(coordinator);
  }

  private Sweep sweep(String name, int trials) {
    String text = TestSystem.sweep(name, trials) + "training: {precision: auto}\n";
    byte[] file = text.getBytes(StandardCharsets.UTF_8);
    return reader.read(name + ".yaml", file).sweep().orElseThrow();
  }

  /** Whoever takes the ninth is not heard of any more, until nobody is to try it again. */
  private void loseWorkers() {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      int now = attempt;
      until(() -> taken(9).anyMatch(taken -> taken.attempt() == now));
      worker();
    }
  }

  private Stream<Taken> taken(int number) {
    return workers.stream()
        .flatMap(worker -> worker.taken.stream())
        .filter(taken -> taken.trial().id().number() == number);
  }

  /** A sweep that is deleted with a trial under way, and one of its name that is not. */
  private void remove(Coordinator coordinator) throws Exception {
    done(coordinator.submit(sweep("passing", 7)));
    until(() -> taken(7).anyMatch(taken -> taken.trial().id().sweep().equals("passing")));
    done(coordinator.delete("passing", BY));
    end("passing", 7);
    done(coordinator.submit(sweep("passing", 1)));
    done(coordinator.finished("passing"));
    done(coordinator.submit(sweep("gone", 1)));
    done(coordinator.finished("gone"));
    done(coordinator.delete("gone", BY));
  }

  private void end(String sweep, int number) {
    TrialId id = new TrialId(sweep, number);
    for (TestWorker worker : workers) {
      worker.taken.stream()
          .filter(taken -> taken.trial().id().equals(id))
          .forEach(taken -> worker.end(taken, new TrialOutcome.Stopped(Optional.empty(), "", 1)));
    }
  }

  private TestWorker worker() {
    AtomicReference<TestWorker> self = new AtomicReference<>();
    self.set(
        new TestWorker(
            system.vertx(),
            system.kafka(),
            results,
            1,
            TestSystem.PLUGINS,
            taken -> fate(self.get(), taken)));
    workers.add(self.get());
    return system.own(self.get());
  }

  private static Optional<Taken> seventh(TestWorker worker) {
    return worker.taken.stream().filter(t -> t.trial().id().number() == 7).findFirst();
  }

  /** Key and value of each record, as the log has them. */
  private static List<String> lines(KafkaSettings kafka) {
    TopicPartition log = new TopicPartition(kafka.topics().events(), 0);
    List<String> lines = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.assign(List.of(log));
      consumer.seekToBeginning(List.of(log));
      long end = consumer.endOffsets(List.of(log)).get(log);
      while (consumer.position(log) < end) {
        consumer
            .poll(Duration.ofMillis(200))
            .forEach(record -> lines.add(record.key() + "\t" + record.value()));
      }
    }
    return lines;
  }
}
