package dev.elbow.messaging;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The names of topics and groups under one namespace, and how the topics are kept. Each has one
 * partition: the queue, because a share group balances best over one; the others, because a single
 * order is worth more here than throughput.
 */
public record Topics(String namespace) {
  private static final Duration QUEUE = Duration.ofDays(365);
  private static final Duration CURVES = Duration.ofDays(7);
  private static final Duration WORDS = Duration.ofDays(7);
  private static final Duration LIFE = Duration.ofHours(1);

  /**
   * How a topic is kept.
   *
   * @param config Kafka's topic properties, sorted
   */
  public record Kept(String topic, Map<String, String> config) {}

  /** The queue of trials. */
  public String trials() {
    return namespace + ".trials";
  }

  /** The log of decisions and facts. */
  public String events() {
    return namespace + ".events";
  }

  /** Points of curves. */
  public String metrics() {
    return namespace + ".metrics";
  }

  /** Signs of life. */
  public String heartbeats() {
    return namespace + ".heartbeats";
  }

  /** The coordinator's words to all workers. */
  public String control() {
    return namespace + ".control";
  }

  /** The share group that all slots of all workers are members of. */
  public String workers() {
    return namespace + "-workers";
  }

  /** The group whose one partition makes its holder the leader. */
  public String coordinators() {
    return namespace + "-coordinator";
  }

  /** All topics, for {@code replication} copies of each. */
  public List<Kept> kept(int replication) {
    return List.of(
        kept(trials(), replication, "delete", QUEUE, Duration.ofDays(7)),
        kept(events(), replication, "delete", Duration.ofMillis(-1), Duration.ofDays(365)),
        kept(metrics(), replication, "delete", CURVES, Duration.ofDays(1)),
        kept(heartbeats(), replication, "delete", LIFE, Duration.ofMinutes(10)),
        kept(control(), replication, "compact,delete", WORDS, Duration.ofDays(1)));
  }

  private static Kept kept(
      String topic, int replication, String cleanUp, Duration retention, Duration segment) {
    Map<String, String> config = new TreeMap<>();
    config.put("cleanup.policy", cleanUp);
    config.put("retention.ms", String.valueOf(retention.toMillis()));
    config.put("retention.bytes", "-1");
    // Only closed segments are cleaned.
    config.put("segment.ms", String.valueOf(segment.toMillis()));
    // By the broker's clock, so that a machine whose clock is wrong has nothing deleted early.
    config.put("message.timestamp.type", "LogAppendTime");
    config.put("max.message.bytes", String.valueOf(KafkaSettings.LARGEST_RECORD_BYTES));
    config.put("min.insync.replicas", replication >= 3 ? "2" : "1");
    return new Kept(topic, config);
  }
}
