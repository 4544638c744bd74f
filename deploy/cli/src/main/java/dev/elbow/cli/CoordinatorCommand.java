package dev.elbow.cli;

import dev.elbow.catalog.Catalog;
import dev.elbow.coordinator.Coordinator;
import dev.elbow.coordinator.CoordinatorSettings;
import dev.elbow.coordinator.http.Listening;
import dev.elbow.messaging.Candidacy;
import dev.elbow.messaging.KafkaSettings;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Takes sweeps over HTTP and hands their trials to workers. */
@Command(
    name = "coordinator",
    description = {
      "Takes sweeps over HTTP, queues their trials in Kafka and keeps what comes back, until Ctrl-C.",
      "",
      "Waits a minute for Kafka, then creates the topics that are missing. What it knows is in Kafka: another start goes on "
          + "where this one was.",
      "",
      "Of several one decides. The others answer what is asked, tell where the one is, and take over within ten seconds "
          + "when it is gone.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  elbow coordinator --kafka alpha:9092 --results /mnt/sweeps --data /mnt/data --replication 3",
      "  elbow coordinator --kafka alpha:9092 --bind alpha --token-file tokens --tls-cert alpha.pem --tls-key alpha.key"
    })
final class CoordinatorCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration HEARTBEAT = Duration.ofSeconds(2);
  private static final Duration LEASE = Duration.ofSeconds(15);
  private static final Duration USUAL_ELECTION = Duration.ofSeconds(4);
  private static final int ATTEMPTS = 5;

  @ParentCommand private Elbow elbow;
  @Mixin private KafkaOptions kafka;
  @Mixin private HttpOptions address;
  @Mixin private ReplicationOption replication;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "coordinator",
      description = "For people; each start adds what makes it unique. Default: coordinator")
  private String name;

  @Override
  public Integer call() throws Exception {
    Listening listening = address.listening();
    int copies = replication.copies();
    KafkaSettings settings = kafka.settings();
    LogSetup.serve();
    Vertx vertx = Vertx.vertx();
    try (Catalog catalog = Plugins.load(elbow.plugins());
        AutoCloseable ignored = () -> LocalSystem.await(vertx.close())) {
      return serve(vertx, settings(settings, copies, catalog), listening);
    }
  }

  private int serve(Vertx vertx, CoordinatorSettings settings, Listening listening)
      throws Exception {
    try (ProcessFigures figures = new ProcessFigures()) {
      PrometheusMeterRegistry metrics = figures.registry();
      Coordinator coordinator =
          Service.start(
              "coordinator", () -> LocalSystem.await(Coordinator.start(vertx, settings, metrics)));
      return serve(vertx, coordinator, listening, metrics);
    }
  }

  private int serve(
      Vertx vertx, Coordinator coordinator, Listening listening, PrometheusMeterRegistry metrics)
      throws Exception {
    try (AutoCloseable ignored = () -> LocalSystem.await(coordinator.close());
        HttpPort http = HttpPort.open(vertx, coordinator, listening, metrics)) {
      stand(coordinator, http);
      return new Service(elbow).serve("Coordinator at " + http.url(), http.facts());
    }
  }

  // Where another was killed a moment ago, the election takes until that one's session is over, and
  // this one can be asked meanwhile.
  private static void stand(Coordinator coordinator, HttpPort http) {
    Future<Void> standing = coordinator.stand(Optional.of(URI.create(http.url())));
    LocalSystem.await(
        standing.timeout(USUAL_ELECTION.toMillis(), TimeUnit.MILLISECONDS).otherwiseEmpty());
  }

  private CoordinatorSettings settings(KafkaSettings settings, int copies, Catalog catalog) {
    return new CoordinatorSettings(
        name,
        settings,
        copies,
        PATIENCE,
        elbow.results(),
        elbow.dataFolder(),
        catalog,
        HEARTBEAT,
        LEASE,
        ATTEMPTS,
        Candidacy.Terms.USUAL,
        Optional.empty(),
        Clock.systemUTC());
  }
}
