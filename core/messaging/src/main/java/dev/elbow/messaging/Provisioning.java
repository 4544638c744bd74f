package dev.elbow.messaging;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * What a cluster must have before anything runs on it: share groups, the topics, their settings.
 */
public final class Provisioning implements AutoCloseable {
  private static final Duration RETRY = Duration.ofMillis(500);
  private static final Duration LOCK = Duration.ofSeconds(30);
  private static final String SHARE_GROUPS = "share.version";

  private final KafkaSettings settings;
  private final Admin admin;
  private final long endNanos;

  private Provisioning(KafkaSettings settings, Admin admin, long endNanos) {
    this.settings = settings;
    this.admin = admin;
    this.endNanos = endNanos;
  }

  /**
   * Waits for Kafka, checks it, and creates the topics that are missing. Topics that are there are
   * checked and left as they are.
   *
   * @param replication copies of each topic, from 1 to the number of brokers
   * @param patience how long Kafka may stay away
   * @throws MessagingException with all problems, if the cluster stays away, lacks share groups, or
   *     has topics that cannot serve
   */
  public static void ensure(KafkaSettings settings, int replication, Duration patience) {
    try (Provisioning provisioning = connect(settings, patience)) {
      provisioning.checkShareGroups();
      provisioning.createMissing(replication);
      provisioning.checkTopics();
      provisioning.configureGroup();
    }
  }

  /**
   * For those who may not create topics: waits for Kafka and until somebody has created them, then
   * checks.
   *
   * @throws MessagingException as {@link #ensure} does, and if a topic stays away
   */
  public static void await(KafkaSettings settings, Duration patience) {
    try (Provisioning provisioning = connect(settings, patience)) {
      provisioning.checkShareGroups();
      provisioning.awaitTopics();
      provisioning.checkTopics();
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(1));
  }

  static MessagingException unusable(KafkaSettings settings, RuntimeException e) {
    Throwable reason = e.getCause() == null ? e : e.getCause();
    return new MessagingException(
        List.of("kafka %s: %s".formatted(settings.bootstrapServers(), reason.getMessage())), e);
  }

  private static Provisioning connect(KafkaSettings settings, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        return new Provisioning(settings, Admin.create(settings.admin()), end);
      } catch (KafkaException e) {
        // A host name may become known only when its machine starts.
        if (System.nanoTime() >= end) {
          throw unusable(settings, e);
        }
        pause();
      }
    }
  }

  private void checkShareGroups() {
    Map<String, FinalizedVersionRange> features =
        retried(() -> admin.describeFeatures().featureMetadata()).finalizedFeatures();
    FinalizedVersionRange found = features.get(SHARE_GROUPS);
    if (found == null || found.maxVersionLevel() < 1) {
      throw problem(
          "share groups are not enabled, expected Kafka 4.2 or later with feature %s at 1 or more"
              .formatted(SHARE_GROUPS));
    }
  }

  private void createMissing(int replication) {
    Set<String> present = retried(() -> admin.listTopics().names());
    List<NewTopic> missing =
        settings.topics().kept(replication).stream()
            .filter(kept -> !present.contains(kept.topic()))
            .map(kept -> new NewTopic(kept.topic(), 1, (short) replication).configs(kept.config()))
            .toList();
    List<String> problems = new ArrayList<>();
    admin
        .createTopics(missing)
        .values()
        .forEach((topic, done) -> creationProblem(topic, done).ifPresent(problems::add));
    failOn(problems);
  }

  private Optional<String> creationProblem(String topic, KafkaFuture<Void> done) {
    try {
      await(done);
      return Optional.empty();
    } catch (ExecutionException e) {
      // Somebody else was faster.
      return e.getCause() instanceof TopicExistsException
          ? Optional.empty()
          : Optional.of(
              "topic %s cannot be created: %s".formatted(topic, e.getCause().getMessage()));
    } catch (TimeoutException e) {
      return Optional.of("topic %s was not created in time".formatted(topic));
    }
  }

  private void awaitTopics() {
    Collection<String> wanted = names();
    while (!retried(() -> admin.listTopics().names()).containsAll(wanted)) {
      if (System.nanoTime() >= endNanos) {
        throw problem(
            "found no topics %s, expected a coordinator to create them".formatted(wanted));
      }
      pause();
    }
  }

  private void checkTopics() {
    Map<String, TopicDescription> found =
        retried(() -> admin.describeTopics(names()).allTopicNames());
    List<String> problems = new ArrayList<>();
    found.values().stream()
        .filter(topic -> topic.partitions().size() != 1)
        .forEach(topic -> problems.add(partitions(topic)));
    cleanUp(settings.topics().events()).ifPresent(problems::add);
    failOn(problems);
  }

  private static String partitions(TopicDescription topic) {
    return "topic %s: found %d partitions, expected 1"
        .formatted(topic.name(), topic.partitions().size());
  }

  private Optional<String> cleanUp(String log) {
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, log);
    var config = retried(() -> admin.describeConfigs(List.of(topic)).all()).get(topic);
    boolean forgets =
        config.get("cleanup.policy").value().contains("compact")
            || !config.get("retention.ms").value().equals("-1")
            || !config.get("retention.bytes").value().equals("-1");
    return forgets
        ? Optional.of(
            "topic %s: found settings that delete events, expected cleanup.policy=delete,"
                    .formatted(log)
                + " retention.ms=-1 and retention.bytes=-1")
        : Optional.empty();
  }

  private void configureGroup() {
    ConfigResource group =
        new ConfigResource(ConfigResource.Type.GROUP, settings.topics().workers());
    List<AlterConfigOp> wanted =
        List.of(
            // By default a group sees nothing of what was queued before its first member came.
            set("share.auto.offset.reset", "earliest"),
            set("share.record.lock.duration.ms", String.valueOf(LOCK.toMillis())));
    retried(() -> admin.incrementalAlterConfigs(Map.of(group, wanted)).all());
  }

  private static AlterConfigOp set(String key, String value) {
    return new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET);
  }

  private List<String> names() {
    return settings.topics().kept(1).stream().map(Topics.Kept::topic).toList();
  }

  /** What Kafka answers; asks again while it is away, until the patience ends. */
  private <T> T retried(java.util.function.Supplier<KafkaFuture<T>> question) {
    while (true) {
      try {
        return await(question.get());
      } catch (ExecutionException e) {
        boolean again = e.getCause() instanceof RetriableException && System.nanoTime() < endNanos;
        if (!again) {
          throw problem(e.getCause().getMessage());
        }
        pause();
      } catch (TimeoutException e) {
        throw problem("no answer, expected a running Kafka");
      }
    }
  }

  private <T> T await(KafkaFuture<T> future) throws ExecutionException, TimeoutException {
    try {
      long left = Math.max(RETRY.toNanos(), endNanos - System.nanoTime());
      return future.get(left, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw problem("interrupted while waiting");
    }
  }

  private static void pause() {
    try {
      Thread.sleep(RETRY.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MessagingException(List.of("interrupted while waiting for Kafka"), e);
    }
  }

  private MessagingException problem(String problem) {
    return new MessagingException(
        List.of("kafka %s: %s".formatted(settings.bootstrapServers(), problem)));
  }

  private static void failOn(List<String> problems) {
    if (!problems.isEmpty()) {
      throw new MessagingException(problems);
    }
  }
}
