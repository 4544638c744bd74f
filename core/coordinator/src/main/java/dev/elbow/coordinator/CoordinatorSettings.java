package dev.elbow.coordinator;

import static java.util.Objects.requireNonNull;

import dev.elbow.api.data.DataFolder;
import dev.elbow.catalog.Catalog;
import dev.elbow.messaging.Candidacy;
import dev.elbow.messaging.KafkaSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * What a coordinator is told.
 *
 * @param name of this coordinator, for people; what makes each start unique is added to it
 * @param kafka how Kafka is reached
 * @param replication copies of each topic that is created, from 1 to the number of brokers
 * @param patience how long Kafka may stay away while the coordinator starts
 * @param results folder that holds one folder a sweep; made if it is missing
 * @param data folder below which sweeps may name files
 * @param catalog the installed plugins; not closed
 * @param heartbeat how often workers give a sign of life
 * @param lease how long an execution may be silent before its trial is queued again
 * @param attempts how often a trial is tried, at least 1
 * @param election how it stands for election among the coordinators of the namespace
 * @param only the one sweep whose trials are queued, the others of the log rest; empty for all
 * @param clock for the times that people see
 */
public record CoordinatorSettings(
    String name,
    KafkaSettings kafka,
    int replication,
    Duration patience,
    Path results,
    DataFolder data,
    Catalog catalog,
    Duration heartbeat,
    Duration lease,
    int attempts,
    Candidacy.Terms election,
    Optional<String> only,
    Clock clock) {
  public CoordinatorSettings {
    requireNonNull(name, "name is null");
    requireNonNull(kafka, "kafka is null");
    requireNonNull(results, "results is null");
    requireNonNull(catalog, "catalog is null");
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts must be at least 1, got " + attempts);
    }
    if (lease.compareTo(heartbeat.multipliedBy(2)) < 0) {
      throw new IllegalArgumentException(
          "a lease must outlast two heartbeats, got (lease=%s, heartbeat=%s)"
              .formatted(lease, heartbeat));
    }
  }

  /**
   * Settings with the design's defaults: a heartbeat of 2 s, a lease of 15 s, 5 attempts, and 60 s
   * for Kafka to come up.
   */
  public static CoordinatorSettings of(
      String bootstrapServers, Path results, DataFolder data, Catalog catalog) {
    return new CoordinatorSettings(
        "coordinator",
        KafkaSettings.at(bootstrapServers),
        1,
        Duration.ofSeconds(60),
        results,
        data,
        catalog,
        Duration.ofSeconds(2),
        Duration.ofSeconds(15),
        5,
        Candidacy.Terms.USUAL,
        Optional.empty(),
        Clock.systemUTC());
  }

  /** The same with another rhythm. */
  public CoordinatorSettings with(Duration otherHeartbeat, Duration otherLease, int otherAttempts) {
    return new CoordinatorSettings(
        name,
        kafka,
        replication,
        patience,
        results,
        data,
        catalog,
        otherHeartbeat,
        otherLease,
        otherAttempts,
        election,
        only,
        clock);
  }

  /** The same for one sweep alone: what else the log holds unfinished rests. */
  public CoordinatorSettings only(String sweep) {
    return new CoordinatorSettings(
        name,
        kafka,
        replication,
        patience,
        results,
        data,
        catalog,
        heartbeat,
        lease,
        attempts,
        election,
        Optional.of(sweep),
        clock);
  }

  /** The same for the only coordinator that there can be on this Kafka. */
  public CoordinatorSettings alone() {
    return new CoordinatorSettings(
        name,
        kafka,
        replication,
        patience,
        results,
        data,
        catalog,
        heartbeat,
        lease,
        attempts,
        Candidacy.Terms.ALONE,
        only,
        clock);
  }
}
