package dev.elbow.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.broker.Broker;
import dev.elbow.broker.BrokerSettings;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
import org.junit.jupiter.api.io.TempDir;

class ProvisioningIT {
  @TempDir static Path folder;
  private static Kafka kafka;
  private static Admin admin;

  @BeforeAll
  static void start() {
    kafka = Kafka.start(folder.resolve("broker"));
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
        CompletableFuture.runAsync(() -> Provisioning.await(settings, Kafka.PATIENCE));
    Provisioning.ensure(settings, 1, Kafka.PATIENCE);
    waiting.join();
  }

  @Test
  void namesTheTopicsThatNobodyCreated() {
    KafkaSettings settings = kafka.settings(Map.of());
    String problem = problems(() -> Provisioning.await(settings, Duration.ZERO)).get(0);
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
    assertEquals(
        "topic %s: found 3 partitions, expected 1".formatted(topics.trials()), problems.get(0));
    assertTrue(
        problems.get(1).startsWith("topic %s: ".formatted(topics.events())), problems.get(1));
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
