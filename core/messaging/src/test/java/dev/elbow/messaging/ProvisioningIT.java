package dev.elbow.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.broker.Broker;
import dev.elbow.broker.BrokerSettings;
import dev.elbow.testkit.SharedBroker;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FeatureUpdate;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.UpdateFeaturesOptions;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@ExtendWith(SharedBroker.class)
@Execution(ExecutionMode.CONCURRENT)
class ProvisioningIT {
  @TempDir static Path folder;
  private static Kafka kafka;
  private static Admin admin;

  @BeforeAll
  static void start(Broker broker) {
    kafka = new Kafka(broker);
    admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
  }

  @AfterAll
  static void stop() throws Exception {
    admin.close();
    kafka.close();
  }

  @Test
  void createsWhatIsMissingAndLeavesTheRest() throws Exception {
    KafkaSettings settings = kafka.settings(Map.of());
    Topics topics = settings.topics();
    NewTopic older = new NewTopic(topics.metrics(), 1, (short) 1);
    admin.createTopics(List.of(older.configs(Map.of("retention.ms", "1000")))).all().get();
    Provisioning.ensure(settings, 1, Kafka.PATIENCE);
    Provisioning.ensure(settings, 1, Kafka.PATIENCE);
    Set<String> found = admin.listTopics().names().get();
    topics.kept(1).forEach(kept -> assertTrue(found.contains(kept.topic()), kept.topic()));
    assertEquals("1000", config(ConfigResource.Type.TOPIC, topics.metrics(), "retention.ms"));
    assertEquals("-1", config(ConfigResource.Type.TOPIC, topics.events(), "retention.ms"));
    assertEquals(
        "earliest", config(ConfigResource.Type.GROUP, topics.workers(), "share.auto.offset.reset"));
  }

  @Test
  void waitsForTheTopicsThatSomebodyElseCreates() {
    KafkaSettings settings = kafka.settings(Map.of());
    CompletableFuture<Void> waiting =
        CompletableFuture.runAsync(() -> Provisioning.await(settings, 2, Kafka.PATIENCE));
    Provisioning.ensure(settings, 1, Kafka.PATIENCE);
    waiting.join();
  }

  @Test
  void namesTheTopicsThatNobodyCreated() {
    KafkaSettings settings = kafka.settings(Map.of());
    String problem = problems(() -> Provisioning.await(settings, 2, Duration.ZERO)).get(0);
    assertTrue(problem.contains(settings.topics().trials()), problem);
    assertTrue(problem.contains("expected a coordinator to create them"), problem);
  }

  @Test
  void refusesTopicsThatCannotServeAndNamesAll() throws Exception {
    KafkaSettings settings = kafka.settings(Map.of());
    Topics topics = settings.topics();
    NewTopic wide = new NewTopic(topics.trials(), 3, (short) 1);
    NewTopic forgetful = new NewTopic(topics.events(), 1, (short) 1);
    admin.createTopics(List.of(wide, forgetful)).all().get();
    List<String> problems = problems(() -> Provisioning.ensure(settings, 1, Kafka.PATIENCE));
    named(problems, topics.trials(), "found 3 partitions, expected 1");
    named(problems, topics.events(), "found retention.ms=604800000, expected -1");
  }

  @Test
  void namesEverySettingThatWouldLoseSomethingAndWhatToDo() throws Exception {
    KafkaSettings settings = kafka.settings(Map.of());
    Topics topics = settings.topics();
    admin
        .createTopics(
            List.of(
                topic(
                    topics.trials(), Map.of("retention.ms", "60000", "cleanup.policy", "compact")),
                topic(
                    topics.events(), Map.of("retention.bytes", "1000", "min.insync.replicas", "2")),
                topic(topics.heartbeats(), Map.of("message.timestamp.type", "CreateTime")),
                topic(topics.control(), Map.of("retention.ms", "1000"))))
        .all()
        .get();
    List<String> problems = problems(() -> Provisioning.ensure(settings, 1, Kafka.PATIENCE));
    named(problems, topics.trials(), "found cleanup.policy=compact, expected delete");
    named(problems, topics.trials(), "found retention.ms=60000, expected -1 or at least 86400000");
    named(problems, topics.trials(), "found max.message.bytes=");
    named(problems, topics.events(), "found retention.ms=604800000, expected -1, or decisions");
    named(problems, topics.events(), "found retention.bytes=1000, expected -1");
    named(problems, topics.events(), "found min.insync.replicas=2 with 1 copies, expected 1 to 1");
    named(problems, topics.heartbeats(), "found message.timestamp.type=CreateTime");
    named(problems, topics.control(), "found retention.ms=1000, expected -1 or at least 3600000");
    assertTrue(
        problems.stream().allMatch(problem -> problem.contains("kafka-configs.sh --alter")),
        problems.toString());
  }

  private static NewTopic topic(String name, Map<String, String> config) {
    return new NewTopic(name, 1, (short) 1).configs(config);
  }

  private static void named(List<String> problems, String topic, String text) {
    assertTrue(
        problems.stream().anyMatch(p -> p.startsWith("topic " + topic) && p.contains(text)),
        "no '" + text + "' of " + topic + " in " + problems);
  }

  @Test
  void refusesAWorkerForWhoseSlotsTheShareGroupHasNoRoom() {
    KafkaSettings settings = kafka.provisioned();
    String problem = problems(() -> Provisioning.await(settings, 1001, Duration.ZERO)).get(0);
    assertTrue(
        problem.contains(
            "found 0 members and group.share.max.size=1000, expected room for 1001 more"),
        problem);
  }

  @Test
  void refusesABrokerThatIsTooOld() {
    String problem = Provisioning.versionProblem(27, 1).orElseThrow();
    assertTrue(problem.contains("expected 4.2 or later"), problem);
    assertEquals(Optional.empty(), Provisioning.versionProblem(28, 1));
  }

  @Test
  void refusesMoreCopiesThanThereAreBrokers() {
    KafkaSettings settings = kafka.settings(Map.of());
    List<String> problems = problems(() -> Provisioning.ensure(settings, 3, Kafka.PATIENCE));
    assertEquals(5, problems.size());
    assertTrue(problems.get(0).contains("cannot be created"), problems.get(0));
  }

  @Test
  void refusesAClusterWithoutShareGroups() throws Exception {
    try (Broker broker = Broker.start(BrokerSettings.in(folder.resolve("old")));
        Admin its = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      FeatureUpdate off = new FeatureUpdate((short) 0, FeatureUpdate.UpgradeType.SAFE_DOWNGRADE);
      its.updateFeatures(Map.of("share.version", off), new UpdateFeaturesOptions()).all().get();
      KafkaSettings settings = KafkaSettings.at(broker.bootstrapServers());
      String problem = problems(() -> Provisioning.ensure(settings, 1, Kafka.PATIENCE)).get(0);
      assertTrue(problem.contains("share groups are not enabled"), problem);
    }
  }

  @Test
  void waitsForAKafkaThatIsStartedLater() throws Exception {
    int port = freePort();
    KafkaSettings settings = KafkaSettings.at("127.0.0.1:" + port);
    CompletableFuture<Void> waiting =
        CompletableFuture.runAsync(() -> Provisioning.ensure(settings, 1, Kafka.PATIENCE));
    Path later = folder.resolve("later");
    try (Broker broker = Broker.start(BrokerSettings.builder(later).port(port).build())) {
      waiting.join();
      assertEquals(settings.bootstrapServers(), broker.bootstrapServers());
    }
  }

  @Test
  void namesAKafkaThatStaysAway() throws Exception {
    KafkaSettings settings = KafkaSettings.at("127.0.0.1:" + freePort());
    String problem = problems(() -> Provisioning.ensure(settings, 1, Duration.ofSeconds(1))).get(0);
    assertTrue(problem.startsWith("kafka " + settings.bootstrapServers() + ": "), problem);
  }

  @Test
  void namesAHostThatDoesNotExist() {
    KafkaSettings settings = KafkaSettings.at("no-such-host.invalid:9092");
    String problem = problems(() -> Provisioning.ensure(settings, 1, Duration.ZERO)).get(0);
    assertTrue(problem.startsWith("kafka no-such-host.invalid:9092: "), problem);
  }

  private static List<String> problems(Runnable action) {
    return assertThrows(MessagingException.class, action::run).problems();
  }

  private static String config(ConfigResource.Type type, String name, String key) throws Exception {
    ConfigResource resource = new ConfigResource(type, name);
    return admin.describeConfigs(List.of(resource)).all().get().get(resource).get(key).value();
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }
}
