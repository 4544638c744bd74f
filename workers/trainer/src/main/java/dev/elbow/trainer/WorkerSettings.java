package dev.elbow.trainer;

import static java.util.Objects.requireNonNull;

import dev.elbow.api.data.DataFolder;
import dev.elbow.catalog.Catalog;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a worker is told.
 *
 * @param name for people; the worker adds to it what makes each start unique
 * @param bootstrapServers of Kafka, {@code host:port,…}
 * @param namespace prefix of its topics, {@code elbow} by default
 * @param kafkaProperties further settings of every Kafka client: security
 * @param results folder that holds one folder a sweep, the same as the coordinator's
 * @param data folder below which sweeps name files
 * @param catalog the installed plugins; not closed
 * @param slots how many trials are trained at once, each on a thread of its own, at least 1
 * @param nativeCache where native libraries are unpacked; empty for a place below the user's home
 * @param metrics where the worker's figures are counted; not closed
 * @param heartbeat how often it gives a sign of life
 * @param checkpoint how long a trial trains inside an epoch without a checkpoint, at most; it has
 *     one at the ends of epochs too
 * @param closing how long {@link Worker#close} waits for slots to reach a checkpoint
 */
public record WorkerSettings(
    String name,
    String bootstrapServers,
    String namespace,
    Map<String, String> kafkaProperties,
    Path results,
    DataFolder data,
    Catalog catalog,
    int slots,
    Optional<Path> nativeCache,
    MeterRegistry metrics,
    Duration heartbeat,
    Duration checkpoint,
    Duration closing) {
  /** How long a trial trains inside an epoch without a checkpoint, unless told otherwise. */
  public static final Duration CHECKPOINT = Duration.ofMinutes(2);

  public WorkerSettings {
    requireNonNull(name, "name is null");
    requireNonNull(bootstrapServers, "bootstrapServers is null");
    requireNonNull(metrics, "metrics is null");
    kafkaProperties = Map.copyOf(kafkaProperties);
    if (slots < 1) {
      throw new IllegalArgumentException("slots must be at least 1, got " + slots);
    }
  }

  /**
   * Settings with the design's defaults: a heartbeat of 2 s, a checkpoint every 2 minutes, and 25 s
   * for closing.
   */
  public static WorkerSettings of(
      String bootstrapServers,
      Path results,
      DataFolder data,
      Catalog catalog,
      int slots,
      MeterRegistry metrics) {
    return new WorkerSettings(
        "worker",
        bootstrapServers,
        "elbow",
        Map.of(),
        results,
        data,
        catalog,
        slots,
        Optional.empty(),
        metrics,
        Duration.ofSeconds(2),
        CHECKPOINT,
        Duration.ofSeconds(25));
  }

  /** Without the values of Kafka's properties: there are passwords among them. */
  @Override
  public String toString() {
    return "WorkerSettings[name=%s, bootstrapServers=%s, namespace=%s, kafkaProperties=%s, slots=%d]"
        .formatted(
            name, bootstrapServers, namespace, new TreeMap<>(kafkaProperties).keySet(), slots);
  }
}
