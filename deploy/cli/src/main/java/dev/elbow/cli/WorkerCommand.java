package dev.elbow.cli;

import dev.elbow.catalog.Catalog;
import dev.elbow.coordinator.http.Listening;
import dev.elbow.messaging.KafkaSettings;
import dev.elbow.trainer.Worker;
import dev.elbow.trainer.WorkerSettings;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Trains what a coordinator queues. */
@Command(
    name = "worker",
    description = {
      "Trains trials from the queue, one in each slot, until Ctrl-C.",
      "",
      "Needs the results folder and the data that the coordinator has. Waits a minute for Kafka and for a coordinator "
          + "to create the topics.",
      "",
      "SIGTERM and Ctrl-C let each slot reach a checkpoint and hand its trial back; another worker goes on from there.",
      ""
    },
    footer = {
      "",
      "Example:",
      "  elbow worker --kafka alpha:9092 --results /mnt/sweeps --data /mnt/data --slots 4"
    })
final class WorkerCommand implements Callable<Integer> {
  private static final Duration HEARTBEAT = Duration.ofSeconds(2);

  @ParentCommand private Elbow elbow;
  @Mixin private KafkaOptions kafka;
  @Mixin private ListenOptions listen;

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "For /metrics, /health/live and /health/ready. Default: a free one, printed")
  private int metricsPort;

  @Option(
      names = "--drain-timeout",
      paramLabel = "TIME",
      defaultValue = "25s",
      converter = DurationText.class,
      description = "How long slots may take to a checkpoint when it ends. Default: 25s")
  private Duration drainTimeout;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "worker",
      description = "For people; each start adds what makes it unique. Default: worker")
  private String name;

  @Override
  public Integer call() throws Exception {
    KafkaSettings settings = kafka.settings();
    int slots = elbow.slots();
    Listening listening = listen.listening("--metrics-port", metricsPort);
    LogSetup.serve();
    try (ProcessFigures figures = new ProcessFigures();
        Catalog catalog = Plugins.load(elbow.plugins());
        HealthServer health = HealthServer.start(listening, figures.registry());
        Worker worker =
            Service.start(
                "worker",
                () -> Worker.start(settings(settings, catalog, slots, figures.registry())))) {
      health.ready(true);
      int exitCode = new Service(elbow).serve(text(worker, slots, health), facts(worker, health));
      health.ready(false);
      return exitCode;
    }
  }

  private WorkerSettings settings(
      KafkaSettings settings, Catalog catalog, int slots, PrometheusMeterRegistry metrics) {
    return new WorkerSettings(
        name,
        settings.bootstrapServers(),
        settings.namespace(),
        settings.properties(),
        elbow.results(),
        elbow.dataFolder(),
        catalog,
        slots,
        Optional.empty(),
        metrics,
        HEARTBEAT,
        WorkerSettings.CHECKPOINT,
        drainTimeout);
  }

  private static String text(Worker worker, int slots, HealthServer health) {
    return "%s takes trials, %d at once; metrics at %s/metrics"
        .formatted(worker.name(), slots, health.url());
  }

  private static Map<String, Object> facts(Worker worker, HealthServer health) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("event", "serving");
    facts.put("worker", worker.name());
    facts.put("metrics", health.url() + "/metrics");
    return facts;
  }
}
