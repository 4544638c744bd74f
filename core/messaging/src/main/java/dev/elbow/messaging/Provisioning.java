package dev.elbow.messaging;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeShareGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.FeatureMetadata;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ShareGroupDescription;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a cluster must have before anything runs on it: share groups, the topics, their settings and
 * the rights to use them. Everything is looked at before anything is refused.
 */
public final class Provisioning {
  private static final Logger LOG = LoggerFactory.getLogger(Provisioning.class);
  private static final Duration LOCK = Duration.ofSeconds(30);
  private static final String SHARE_GROUPS = "share.version";
  private static final String METADATA = "metadata.version";
  private static final int FIRST_OF_KAFKA_4_2 = 28;

  private final KafkaSettings settings;
  private final Topics names;
  private final Cluster cluster;
  private final List<String> problems = new ArrayList<>();

  private Provisioning(KafkaSettings settings, Cluster cluster) {
    this.settings = settings;
    this.names = settings.topics();
    this.cluster = cluster;
  }

  /**
   * For a coordinator: waits for Kafka, checks it, and creates the topics that are missing. Topics
   * that are there are checked and left as they are.
   *
   * @param replication copies of each topic, from 1 to the number of brokers
   * @param patience how long Kafka may stay away
   * @throws MessagingException with all problems, if the cluster stays away, does not let this user
   *     in, lacks share groups, or has topics that cannot serve or may not be used
   */
  public static void ensure(KafkaSettings settings, int replication, Duration patience) {
    try (Cluster cluster = Cluster.connect(settings, patience)) {
      Provisioning provisioning = new Provisioning(settings, cluster);
      provisioning.create(replication);
      provisioning.checkRights(Rights.ofCoordinator(provisioning.names));
      provisioning.checkCoordinators();
      provisioning.checkWorkers();
      provisioning.failOnProblems();
    }
  }

  /**
   * For an administrator: as {@link #ensure}, without asking whether this user may read and write.
   *
   * @throws MessagingException as {@link #ensure} does
   */
  public static void create(KafkaSettings settings, int replication, Duration patience) {
    try (Cluster cluster = Cluster.connect(settings, patience)) {
      Provisioning provisioning = new Provisioning(settings, cluster);
      provisioning.create(replication);
      provisioning.failOnProblems();
    }
  }

  /**
   * For a worker: waits for Kafka and until somebody has created the topics, then checks what a
   * worker needs.
   *
   * @param slots how many members the worker adds to the share group
   * @throws MessagingException as {@link #ensure} does, and if a topic stays away or the group has
   *     no room
   */
  public static void await(KafkaSettings settings, int slots, Duration patience) {
    try (Cluster cluster = Cluster.connect(settings, patience)) {
      Provisioning provisioning = new Provisioning(settings, cluster);
      provisioning.checkVersion();
      provisioning.awaitTopics();
      provisioning.checkRights(Rights.ofWorker(provisioning.names));
      provisioning.checkRoom(slots);
      provisioning.failOnProblems();
    }
  }

  private void create(int replication) {
    if (checkVersion()) {
      configureGroup();
    }
    createMissing(replication);
    checkTopics();
  }

  private boolean checkVersion() {
    FeatureMetadata features = cluster.expect(admin -> admin.describeFeatures().featureMetadata());
    var software = features.supportedFeatures().get(METADATA);
    FinalizedVersionRange sharing = features.finalizedFeatures().get(SHARE_GROUPS);
    int level = software == null ? 0 : software.maxVersion();
    int shareLevel = sharing == null ? 0 : sharing.maxVersionLevel();
    LOG.info(
        "kafka {}: {} up to {}, {} {}",
        settings.bootstrapServers(),
        METADATA,
        level,
        SHARE_GROUPS,
        shareLevel);
    Optional<String> problem = versionProblem(level, shareLevel);
    problem.map(cluster::sentence).ifPresent(problems::add);
    return problem.isEmpty();
  }

  static Optional<String> versionProblem(int software, int sharing) {
    if (software < FIRST_OF_KAFKA_4_2) {
      return Optional.of(
          "found a broker older than Kafka 4.2 (%s up to %d), expected 4.2 or later, whose share groups hand out trials one by one"
              .formatted(METADATA, software));
    }
    return sharing >= 1
        ? Optional.empty()
        : Optional.of(
            "share groups are not enabled, expected feature %s at 1 or more; kafka-features.sh upgrade --feature %s=1"
                .formatted(SHARE_GROUPS, SHARE_GROUPS));
  }

  // Before the topics: a worker begins as soon as it finds them.
  private void configureGroup() {
    ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, names.workers());
    Map<String, String> wanted = new LinkedHashMap<>();
    // By default a group sees nothing of what was queued before its first member came.
    wanted.put("share.auto.offset.reset", "earliest");
    wanted.put("share.record.lock.duration.ms", String.valueOf(LOCK.toMillis()));
    List<AlterConfigOp> changes =
        wanted.entrySet().stream().map(e -> set(e.getKey(), e.getValue())).toList();
    try {
      cluster.ask(admin -> admin.incrementalAlterConfigs(Map.of(group, changes)).all());
    } catch (Cluster.Refused e) {
      if (!isConfigured(group, wanted)) {
        problems.add(group(names.workers(), e, wanted));
      }
    }
  }

  private static String group(String group, Cluster.Refused e, Map<String, String> wanted) {
    String expected =
        e.is(AuthorizationException.class)
            ? "the right AlterConfigs on the group ("
                + grant("--group", group, "AlterConfigs")
                + "), or somebody who has it to say"
            : "a cluster that allows";
    String settings = wanted.toString().replaceAll("[{} ]", "");
    return "share group %s cannot be given its settings: %s; expected %s: kafka-configs.sh --alter --entity-type groups --entity-name %s --add-config %s"
        .formatted(group, e.getMessage(), expected, group, settings);
  }

  private boolean isConfigured(ConfigResource group, Map<String, String> wanted) {
    Map<String, String> found = settings(group);
    return wanted.entrySet().stream().allMatch(e -> e.getValue().equals(found.get(e.getKey())));
  }

  private static AlterConfigOp set(String key, String value) {
    return new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET);
  }

  /** Settings by key; empty if this user may not see them. */
  private Map<String, String> settings(ConfigResource resource) {
    try {
      Config config =
          cluster.ask(admin -> admin.describeConfigs(List.of(resource)).values().get(resource));
      Map<String, String> settings = new LinkedHashMap<>();
      config.entries().stream()
          .filter(entry -> entry.value() != null)
          .forEach(entry -> settings.put(entry.name(), entry.value()));
      return settings;
    } catch (Cluster.Refused e) {
      LOG.info("the settings of {} cannot be looked at: {}", resource.name(), e.getMessage());
      return Map.of();
    }
  }

  private void createMissing(int replication) {
    for (Topics.Kept kept : names.kept(replication)) {
      if (isMissing(kept.topic())) {
        create(kept, replication);
      }
    }
  }

  private void create(Topics.Kept kept, int replication) {
    NewTopic topic = new NewTopic(kept.topic(), 1, (short) replication).configs(kept.config());
    try {
      cluster.ask(admin -> admin.createTopics(List.of(topic)).all());
    } catch (Cluster.Refused e) {
      // Somebody else may have been faster.
      if (!e.is(TopicExistsException.class)) {
        String hint =
            e.is(AuthorizationException.class)
                ? "; expected the right Create on it, or that somebody who has it creates it: elbow topics"
                : "";
        problems.add(
            "topic %s %s missing and cannot be created: %s%s"
                .formatted(kept.topic(), isOrMayBe(kept.topic()), e.getMessage(), hint));
      }
    }
  }

  private String isOrMayBe(String topic) {
    return found(topic).isHidden() ? "may be" : "is";
  }

  private boolean isMissing(String topic) {
    try {
      cluster.ask(admin -> admin.describeTopics(List.of(topic)).topicNameValues().get(topic));
      return false;
    } catch (Cluster.Refused e) {
      // What may not be seen may be there: to create it says which.
      return true;
    }
  }

  private void awaitTopics() {
    Optional<Boolean> all =
        cluster.await(() -> missing().isEmpty() ? Optional.of(true) : Optional.empty());
    if (all.isEmpty()) {
      problems.add(
          cluster.sentence(
              "found no topics %s, expected a coordinator to create them".formatted(missing())));
    }
  }

  /** Topics that this user could see and that are not there. */
  private List<String> missing() {
    return topics().stream().filter(topic -> found(topic).isUnknown()).toList();
  }

  /**
   * What Kafka says of a topic.
   *
   * @param description empty if it is not there or may not be seen
   * @param refusal why it is empty
   */
  private record Found(
      String topic, Optional<TopicDescription> description, Optional<Cluster.Refused> refusal) {
    boolean isUnknown() {
      return refusal
          .filter(reason -> reason.is(UnknownTopicOrPartitionException.class))
          .isPresent();
    }

    boolean isHidden() {
      return refusal.filter(reason -> reason.is(AuthorizationException.class)).isPresent();
    }
  }

  private Found found(String topic) {
    DescribeTopicsOptions options = new DescribeTopicsOptions().includeAuthorizedOperations(true);
    try {
      TopicDescription description =
          cluster.ask(
              admin -> admin.describeTopics(List.of(topic), options).topicNameValues().get(topic));
      return new Found(topic, Optional.of(description), Optional.empty());
    } catch (Cluster.Refused e) {
      return new Found(topic, Optional.empty(), Optional.of(e));
    }
  }

  private void checkTopics() {
    TopicRules rules = new TopicRules(names);
    for (String topic : topics()) {
      found(topic)
          .description()
          .ifPresent(
              known ->
                  problems.addAll(
                      rules.problems(
                          topic,
                          known.partitions().size(),
                          known.partitions().get(0).replicas().size(),
                          settings(new ConfigResource(ConfigResource.Type.TOPIC, topic)))));
    }
  }

  private void checkRights(Rights rights) {
    for (String topic : topics()) {
      Found found = found(topic);
      String missing =
          found
              .description()
              .map(known -> rights.missing(topic, known.authorizedOperations()))
              .orElse(found.isHidden() ? rights.all(topic) : "");
      if (!missing.isEmpty()) {
        problems.add(
            "topic %s: found no right to it, expected %s; %s"
                .formatted(topic, missing, grant("--topic", topic, missing)));
      }
    }
  }

  private void checkCoordinators() {
    DescribeConsumerGroupsOptions options =
        new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true);
    try {
      Set<AclOperation> granted =
          cluster
              .ask(
                  admin ->
                      admin
                          .describeConsumerGroups(List.of(names.coordinators()), options)
                          .describedGroups()
                          .get(names.coordinators()))
              .authorizedOperations();
      mayRead(names.coordinators(), granted == null || granted.contains(AclOperation.READ));
    } catch (Cluster.Refused e) {
      // A group that nobody has joined yet is refused otherwise.
      mayRead(names.coordinators(), !e.is(AuthorizationException.class));
    }
  }

  /** Whether this user may ask how far the workers are in the queue. */
  private void checkWorkers() {
    try {
      cluster.ask(
          admin ->
              admin
                  .describeShareGroups(List.of(names.workers()))
                  .describedGroups()
                  .get(names.workers()));
    } catch (Cluster.Refused e) {
      may("Describe", names.workers(), !e.is(AuthorizationException.class));
    }
  }

  private void mayRead(String group, boolean granted) {
    may("Read", group, granted);
  }

  private void may(String operation, String group, boolean granted) {
    if (!granted) {
      problems.add(
          "group %s: found no right to it, expected %s; %s"
              .formatted(group, operation, grant("--group", group, operation)));
    }
  }

  /** How somebody grants {@code operations}, which are joined by "and". */
  private static String grant(String kind, String name, String operations) {
    return "kafka-acls.sh --add --allow-principal User:NAME %s %s --operation %s"
        .formatted(kind, name, operations.replace(" and ", " --operation "));
  }

  /** Members that died a moment ago are still counted, so a full group is looked at again. */
  private void checkRoom(int slots) {
    Optional<Integer> most = mostMembers();
    Optional<Integer> fits =
        cluster.await(
            () -> Optional.of(members()).filter(m -> m + slots <= most.orElse(m + slots)));
    if (fits.isEmpty()) {
      problems.add(
          "share group %s: found %d members and group.share.max.size=%d, expected room for %d more; raise group.share.max.size in the brokers' configuration or start fewer slots"
              .formatted(names.workers(), members(), most.orElseThrow(), slots));
    }
  }

  private int members() {
    DescribeShareGroupsOptions options =
        new DescribeShareGroupsOptions().includeAuthorizedOperations(true);
    try {
      ShareGroupDescription group =
          cluster.ask(
              admin ->
                  admin
                      .describeShareGroups(List.of(names.workers()), options)
                      .describedGroups()
                      .get(names.workers()));
      Set<AclOperation> granted = group.authorizedOperations();
      mayReadOnce(granted == null || granted.contains(AclOperation.READ));
      return group.members().size();
    } catch (Cluster.Refused e) {
      mayReadOnce(!e.is(AuthorizationException.class));
      return 0;
    }
  }

  private void mayReadOnce(boolean granted) {
    problems.removeIf(problem -> problem.startsWith("group " + names.workers() + ":"));
    mayRead(names.workers(), granted);
  }

  private Optional<Integer> mostMembers() {
    List<Node> nodes = List.copyOf(cluster.expect(admin -> admin.describeCluster().nodes()));
    ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, nodes.get(0).idString());
    return Optional.ofNullable(settings(broker).get("group.share.max.size")).map(Integer::valueOf);
  }

  private Collection<String> topics() {
    return names.kept(1).stream().map(Topics.Kept::topic).toList();
  }

  private void failOnProblems() {
    if (!problems.isEmpty()) {
      throw new MessagingException(problems);
    }
  }
}
