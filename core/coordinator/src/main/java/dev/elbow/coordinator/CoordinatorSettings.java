package dev.elbow.coordinator;

import dev.elbow.api.data.DataFolder;
import dev.elbow.catalog.Catalog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * What a coordinator is told.
 *
 * @param name of this coordinator, for people
 * @param bootstrapServers of Kafka, {@code host:port,…}
 * @param namespace prefix of its topics, {@code elbow} by default
 * @param kafkaProperties further settings of every Kafka client: security
 * @param results folder that holds one folder a sweep; made if it is missing
 * @param data folder below which sweeps may name files
 * @param catalog the installed plugins; not closed
 * @param heartbeat how often workers give a sign of life
 * @param lease how long an execution may be silent before its trial is queued again
 * @param attempts how often a trial is tried, at least 1
 */
public record CoordinatorSettings(
    String name,
    String bootstrapServers,
    String namespace,
    Map<String, String> kafkaProperties,
    Path results,
    DataFolder data,
    Catalog catalog,
    Duration heartbeat,
    Duration lease,
    int attempts) {
  public CoordinatorSettings {
    kafkaProperties = Map.copyOf(kafkaProperties);
  }

  /** Settings with the design's defaults: a heartbeat of 2 s, a lease of 15 s, 5 attempts. */
  public static CoordinatorSettings of(
      String bootstrapServers, Path results, DataFolder data, Catalog catalog) {
    return new CoordinatorSettings(
        "coordinator",
        bootstrapServers,
        "elbow",
        Map.of(),
        results,
        data,
        catalog,
        Duration.ofSeconds(2),
        Duration.ofSeconds(15),
        5);
  }
}
