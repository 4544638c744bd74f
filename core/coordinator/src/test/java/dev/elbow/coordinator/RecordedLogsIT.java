package dev.elbow.coordinator;

import static dev.elbow.coordinator.TestWorker.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.TrialOutcome;
import dev.elbow.api.data.DataFolder;
import dev.elbow.broker.Broker;
import dev.elbow.catalog.Catalog;
import dev.elbow.coordinator.ledger.Ledger;
import dev.elbow.coordinator.ledger.LoggedSweep;
import dev.elbow.coordinator.ledger.LoggedTrial;
import dev.elbow.coordinator.results.Rows;
import dev.elbow.coordinator.sweep.Sweep;
import dev.elbow.coordinator.sweep.SweepReader;
import dev.elbow.messaging.Delivery;
import dev.elbow.messaging.Event;
import dev.elbow.messaging.KafkaSettings;
import dev.elbow.messaging.Messaging;
import dev.elbow.messaging.Provisioning;
import dev.elbow.testkit.SharedBroker;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Logs that earlier releases wrote, read as a coordinator reads them that starts. */
@Timeout(90)
@ExtendWith(SharedBroker.class)
@Execution(ExecutionMode.CONCURRENT)
class RecordedLogsIT {
  private static final Path LOGS = Path.of("src", "test", "resources", "logs");
  private static final Pattern TIME = Pattern.compile("\"at\":\"[^\"]+\"");
  private static final AtomicInteger NAMESPACES = new AtomicInteger();

  private static String bootstrapServers;
  private static Vertx vertx;

  @BeforeAll
  static void start(Broker broker) {
    bootstrapServers = broker.bootstrapServers();
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stop() {
    await(vertx.close());
  }

  static List<Path> logs() throws IOException {
    try (Stream<Path> files = Files.list(LOGS)) {
      List<Path> logs = files.filter(f -> f.toString().endsWith(".log")).sorted().toList();
      assertTrue(!logs.isEmpty(), () -> "no recorded log in " + LOGS.toAbsolutePath());
      return logs;
    }
  }

  @ParameterizedTest
  @MethodSource("logs")
  void aRecordedLogGivesTheStatesThatItGaveWhenItWasRecorded(Path log) throws Exception {
    String name = log.getFileName().toString().replace(".log", ".states");
    assertEquals(
        Files.readString(log.resolveSibling(name)), states(folded(Files.readAllLines(log))));
  }

  @ParameterizedTest
  @MethodSource("logs")
  void noTimeInTheLogDecidesAnything(Path log) throws Exception {
    Random random = new Random(7);
    List<String> otherTimes =
        Files.readAllLines(log).stream()
            .map(line -> TIME.matcher(line).replaceAll("\"at\":\"" + anyTime(random) + "\""))
            .toList();
    assertEquals(states(folded(Files.readAllLines(log))), states(folded(otherTimes)));
  }

  private static Instant anyTime(Random random) {
    return Instant.ofEpochSecond(random.nextInt());
  }

  @ParameterizedTest
  @MethodSource("logs")
  void theSweepsOfARecordedLogCanGoOn(Path log) throws Exception {
    try (Catalog catalog = Catalog.ofClassPath()) {
      SweepReader reader = new SweepReader(catalog, DataFolder.none());
      for (LoggedSweep logged : folded(Files.readAllLines(log)).sweeps()) {
        Sweep sweep = reader.restore(logged.document());
        logged.trials().forEach(trial -> sweep.trial(trial.id().number()));
      }
    }
  }

  private static Ledger folded(List<String> lines) throws Exception {
    String namespace = "log" + NAMESPACES.incrementAndGet();
    KafkaSettings kafka = new KafkaSettings(bootstrapServers, namespace, Map.of());
    Provisioning.ensure(kafka, 1, Duration.ofSeconds(30));
    write(kafka, lines);
    Messaging messaging = Messaging.open(vertx, kafka);
    Ledger ledger = new Ledger();
    List<String> unreadable = new ArrayList<>();
    await(messaging.events().subscribe(found -> apply(found, ledger, unreadable)).caughtUp());
    await(messaging.close());
    assertEquals(List.of(), unreadable);
    return ledger;
  }

  private static void apply(Delivery<Event> found, Ledger ledger, List<String> unreadable) {
    if (found instanceof Delivery.Message<Event> message) {
      ledger.apply(message.value());
    } else if (found instanceof Delivery.Unreadable<Event> record) {
      unreadable.add(record.offset() + ": " + record.reason());
    }
  }

  private static void write(KafkaSettings kafka, List<String> lines) throws Exception {
    Map<String, Object> settings = Map.of("bootstrap.servers", kafka.bootstrapServers());
    try (var producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      for (String line : lines) {
        String[] record = line.split("\t", 2);
        producer.send(new ProducerRecord<>(kafka.topics().events(), record[0], record[1])).get();
      }
    }
  }

  private static String states(Ledger ledger) {
    StringBuilder text = new StringBuilder();
    for (LoggedSweep sweep : ledger.sweeps()) {
      text.append(
          "%s paused=%s cancelled=%s uncleared=%s precision=%s\n"
              .formatted(
                  sweep.name(),
                  sweep.paused(),
                  sweep.cancelled(),
                  sweep.uncleared(),
                  sweep.precision().orElse("given")));
      sweep.trials().forEach(trial -> text.append(line(sweep, trial)));
    }
    return text + "deleted=%s uncleared=%s\n".formatted(ledger.deleted(), ledger.uncleared());
  }

  private static String line(LoggedSweep sweep, LoggedTrial trial) {
    return "%s %s %s attempt=%d spent=%d executions=%d pruned=%s %s\n"
        .formatted(
            trial.id(),
            trial.step(),
            trial.state().word(),
            trial.attempt(),
            trial.attemptsSpent(),
            trial.executions().size(),
            sweep.pruned(trial.id().number()),
            trial.end().map(end -> text(end.outcome())).orElse("without an end"));
  }

  // Not the record's own text, to which a later release may add.
  private static String text(TrialOutcome outcome) {
    return "test_loss=%s seconds=%s %s %s"
        .formatted(
            Rows.figures(outcome).get("test_loss"),
            Rows.figures(outcome).get("seconds"),
            Rows.failure(outcome),
            Rows.message(outcome))
        .strip();
  }
}
