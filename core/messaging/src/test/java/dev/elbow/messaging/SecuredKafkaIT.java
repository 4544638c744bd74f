package dev.elbow.messaging;

import static dev.elbow.messaging.Kafka.await;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SecuredKafkaIT {
  // Far beyond what the refusals may take: they must not be the end of patience.
  private static final Duration MINUTES = Duration.ofMinutes(5);

  @TempDir static Path folder;
  private static SecuredKafka kafka;
  private static Topics names;

  @BeforeAll
  static void start() throws Exception {
    kafka = SecuredKafka.start(folder);
    names = kafka.settings("nobody").topics();
    grant("coordinator", Rights.ofCoordinator(names));
    grant("worker", Rights.ofWorker(names));
    for (String topic : Rights.ofCoordinator(names).topics().keySet()) {
      kafka.allow("coordinator", ResourceType.TOPIC, topic, AclOperation.CREATE);
    }
    kafka.allow(
        "coordinator",
        ResourceType.GROUP,
        names.workers(),
        AclOperation.ALTER_CONFIGS,
        AclOperation.DESCRIBE);
  }

  private static void grant(String user, Rights rights) throws Exception {
    for (Map.Entry<String, List<AclOperation>> topic : rights.topics().entrySet()) {
      AclOperation[] operations = topic.getValue().toArray(AclOperation[]::new);
      kafka.allow(user, ResourceType.TOPIC, topic.getKey(), operations);
    }
    kafka.allow(user, ResourceType.GROUP, rights.group(), AclOperation.READ);
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void coordinatorAndWorkerServeThroughTlsWithTheRightsThatAreAskedForAndNoMore() throws Exception {
    Provisioning.ensure(kafka.settings("coordinator"), 1, Kafka.PATIENCE);
    Provisioning.await(kafka.settings("worker"), 1, Kafka.PATIENCE);
    Vertx vertx = Vertx.vertx();
    Messaging coordinator = Messaging.open(vertx, kafka.settings("coordinator"));
    Messaging worker = Messaging.open(vertx, kafka.settings("worker"));
    List<Delivery<Event>> log = new CopyOnWriteArrayList<>();
    List<Delivery<Heartbeat>> life = new CopyOnWriteArrayList<>();
    List<Delivery<MetricPoint>> curves = new CopyOnWriteArrayList<>();
    List<Delivery<Control>> words = new CopyOnWriteArrayList<>();
    await(coordinator.events().subscribe(log::add).caughtUp());
    await(coordinator.heartbeats().subscribe(life::add).caughtUp());
    await(coordinator.metrics().subscribe(curves::add).caughtUp());
    await(worker.control().subscribe(words::add).caughtUp());
    CompletableFuture<Candidacy.Standing> elected = new CompletableFuture<>();
    Candidacy candidacy = coordinator.stand(Candidacy.Terms.USUAL, elected::complete);
    assertEquals(Candidacy.Standing.ELECTED, elected.get(30, TimeUnit.SECONDS));
    await(coordinator.trials().send(Samples.queuedTrial(1)));
    try (TrialQueueConsumer slot = worker.slot("slot-1")) {
      assertEquals("mnist-beta/0001", slot.take(Kafka.PATIENCE).orElseThrow().key());
      await(worker.events().publish(Samples.queued(1)));
      await(worker.heartbeats().publish(Samples.heartbeat("w", 1)));
      await(worker.metrics().publish(Samples.metricPoint()));
      await(coordinator.control().publish(new Control.Lost(Samples.TRIAL, "x")));
      assertTrue(slot.accept());
    }
    Subscription look = coordinator.trials().look(record -> {});
    await(look.caughtUp());
    await(look.close());
    await(candidacy.close());
    await().until(() -> log.size() + life.size() + curves.size() + words.size() == 4);
    await(coordinator.close());
    await(worker.close());
    await(vertx.close());
  }

  @Test
  void namesEveryRightThatIsMissingAtOnce() throws Exception {
    Provisioning.ensure(kafka.settings(SecuredKafka.ADMIN), 1, Kafka.PATIENCE);
    List<String> coordinators = refused(kafka.settings("nobody"));
    for (String topic : Rights.ofCoordinator(names).topics().keySet()) {
      assertTrue(coordinators.stream().anyMatch(p -> p.contains("topic " + topic)), topic);
    }
    String events = named(coordinators, "topic " + names.events() + ": found no right");
    assertTrue(events.contains("expected Read and Write and DescribeConfigs"), events);
    assertTrue(events.contains("kafka-acls.sh --add"), events);
    named(coordinators, "topic " + names.events() + " may be missing and cannot be created");
    named(coordinators, "share group " + names.workers() + " cannot be given its settings");
    named(coordinators, "group " + names.coordinators() + ": found no right");
    named(coordinators, "group " + names.workers() + ": found no right to it, expected Describe");
    List<String> workers =
        assertThrows(
                MessagingException.class,
                () -> Provisioning.await(kafka.settings("nobody"), 1, MINUTES))
            .problems();
    String queue = named(workers, "topic " + names.trials() + ": found no right");
    assertTrue(queue.contains("expected Read;"), queue);
    named(workers, "group " + names.workers() + ": found no right");
    assertEquals(6, workers.size(), workers.toString());
  }

  @Test
  void refusesAWrongPasswordAndDoesNotRepeatIt() {
    String wrong = "a-wrong-secret";
    KafkaSettings settings = kafka.settings(kafka.security("SASL_SSL", "broker", "worker", wrong));
    String problem = only(refused(settings));
    assertTrue(problem.contains("Authentication failed"), problem);
    assertTrue(problem.contains("expected the name and password"), problem);
    assertFalse(problem.contains(wrong), problem);
    assertFalse(settings.toString().contains(wrong), settings.toString());
  }

  @Test
  void refusesACertificateThatIsNotTrusted() {
    Map<String, String> security =
        kafka.security("SASL_SSL", "stranger", "worker", SecuredKafka.password("worker"));
    String problem = only(refused(kafka.settings(security)));
    assertTrue(problem.contains("unable to find valid certification path"), problem);
    assertTrue(problem.contains("ssl.truststore.location"), problem);
  }

  @Test
  void tellsAClientWithoutSecurityWhatIsDemanded() {
    String problem = only(refused(kafka.settings(Map.of())));
    assertTrue(
        problem.endsWith(
            "found security.protocol=PLAINTEXT, expected SASL_SSL with a sasl.mechanism of PLAIN"),
        problem);
  }

  @Test
  void tellsAClientWithoutAPasswordWhatIsDemanded() {
    Map<String, String> security = kafka.security("SSL", "broker", "", "");
    String problem = only(refused(kafka.settings(security)));
    assertTrue(problem.contains("found security.protocol=SSL, expected SASL_SSL"), problem);
  }

  @Test
  void namesATrustStoreThatIsNotThere() {
    Map<String, String> security =
        Map.of("security.protocol", "SSL", "ssl.truststore.location", "/nowhere/trust.p12");
    String problem = only(refused(kafka.settings(security)));
    assertTrue(problem.contains("/nowhere/trust.p12"), problem);
  }

  private static List<String> refused(KafkaSettings settings) {
    long begin = System.nanoTime();
    List<String> problems =
        assertThrows(MessagingException.class, () -> Provisioning.ensure(settings, 1, MINUTES))
            .problems();
    Duration taken = Duration.ofNanos(System.nanoTime() - begin);
    assertTrue(taken.compareTo(MINUTES.dividedBy(5)) < 0, "refused only after " + taken);
    return problems;
  }

  private static String only(List<String> problems) {
    assertEquals(1, problems.size(), problems.toString());
    return problems.get(0);
  }

  private static String named(List<String> problems, String start) {
    return problems.stream()
        .filter(problem -> problem.startsWith(start))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no '" + start + "' in " + problems));
  }
}
