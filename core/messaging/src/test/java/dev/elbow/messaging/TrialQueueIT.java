package dev.elbow.messaging;

import static dev.elbow.messaging.Kafka.await;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.broker.Broker;
import dev.elbow.broker.BrokerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialQueueIT extends MessagingFixture {
  private static final Duration NOTHING = Duration.ofMillis(300);

  @TempDir static Path folder;
  private static Broker impatient;

  @BeforeAll
  static void start() {
    // Idle connections are cut soon, as they are under a slot that trains for hours.
    impatient =
        Broker.start(
            BrokerSettings.builder(folder).property("connections.max.idle.ms", "1500").build());
  }

  @AfterAll
  static void stop() {
    impatient.close();
  }

  @Override
  Broker broker(Broker shared) {
    return impatient;
  }

  @Test
  void handsOverATrialAsItWasQueuedEvenBeforeAnySlotCame() throws Exception {
    send(1, 2);
    try (TrialQueueConsumer slot = messaging.slot("slot")) {
      Delivery<QueuedTrial> delivery = slot.take(Kafka.PATIENCE).get();
      assertEquals("mnist-beta/0001", delivery.key());
      assertEquals(Samples.queuedTrial(1), ((Delivery.Message<QueuedTrial>) delivery).value());
      assertTrue(slot.accept());
      assertEquals(2, number(slot.take(Kafka.PATIENCE).get()));
      assertTrue(slot.accept());
      assertEquals(Optional.empty(), slot.take(NOTHING));
    }
  }

  @Test
  void showsWhatNoSlotHasAcceptedYetAndTakesNothing() throws Exception {
    send(1, 4);
    assertEquals(List.of(1, 2, 3, 4), look());
    try (TrialQueueConsumer slot = messaging.slot("slot")) {
      assertEquals(1, number(slot.take(Kafka.PATIENCE).get()));
      assertTrue(slot.accept());
      assertEquals(2, number(slot.take(Kafka.PATIENCE).get()));
      assertTrue(slot.accept());
      assertEquals(3, number(slot.take(Kafka.PATIENCE).get()));
      List<Integer> left = look();
      assertTrue(left.containsAll(List.of(3, 4)), left::toString);
      assertFalse(left.contains(1), left::toString);
    }
  }

  private List<Integer> look() throws Exception {
    List<Integer> found = new CopyOnWriteArrayList<>();
    Subscription reading = messaging.trials().look(record -> found.add(number(record)));
    await(reading.caughtUp());
    await(reading.close());
    return found;
  }

  @Test
  void givesEachTrialToOneOfManySlots() throws Exception {
    ConcurrentLinkedQueue<Integer> taken = new ConcurrentLinkedQueue<>();
    List<CompletableFuture<Void>> slots =
        IntStream.range(0, 4)
            .mapToObj(i -> CompletableFuture.runAsync(() -> takeAll("slot-" + i, taken)))
            .toList();
    send(1, 40);
    await().atMost(Kafka.PATIENCE).until(() -> taken.size() >= 40);
    slots.forEach(CompletableFuture::join);
    assertEquals(40, taken.size());
    assertEquals(
        IntStream.rangeClosed(1, 40).boxed().collect(Collectors.toSet()), Set.copyOf(taken));
  }

  @Test
  void givesTheTrialOfASlotThatClosesWithoutAcceptingToAnother() throws Exception {
    send(1, 1);
    try (TrialQueueConsumer other = messaging.slot("other")) {
      try (TrialQueueConsumer slot = messaging.slot("slot")) {
        assertEquals(1, number(slot.take(Kafka.PATIENCE).get()));
        assertEquals(Optional.empty(), other.take(NOTHING));
      }
      assertEquals(1, number(other.take(Kafka.PATIENCE).get()));
      assertTrue(other.accept());
    }
  }

  @Test
  void tellsASlotThatAcceptsTooLateThatAnotherHasTheTrial() throws Exception {
    lockFor(Duration.ofSeconds(1));
    send(1, 1);
    try (TrialQueueConsumer slow = messaging.slot("slow");
        TrialQueueConsumer other = messaging.slot("other")) {
      assertEquals(1, number(slow.take(Kafka.PATIENCE).get()));
      assertEquals(1, number(other.take(Kafka.PATIENCE).get()));
      assertFalse(slow.accept());
      assertTrue(other.accept());
      send(2, 2);
      assertEquals(2, number(slow.take(Kafka.PATIENCE).get()));
      assertTrue(slow.accept());
    }
  }

  @Test
  void lastsThroughATrialThatIsLongerThanItsConnectionsAndItsMembershipLive() throws Exception {
    KafkaSettings impatient =
        new KafkaSettings(
            settings.bootstrapServers(),
            settings.namespace(),
            Map.of("max.poll.interval.ms", "1000", "connections.max.idle.ms", "1000"));
    Messaging worker = Messaging.open(kafka.vertx(), impatient);
    try (TrialQueueConsumer slot = worker.slot("slot");
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      send(1, 1);
      assertEquals(1, number(slot.take(Kafka.PATIENCE).get()));
      assertTrue(slot.accept());
      await().atMost(Kafka.PATIENCE).until(() -> members(admin) == 0);
      send(2, 2);
      assertEquals(2, number(slot.take(Kafka.PATIENCE).get()));
      assertTrue(slot.accept());
    }
    await(worker.close());
  }

  @Test
  void keepsASlotThatTrainsInTheGroupByDefault() throws Exception {
    try (TrialQueueConsumer slot = messaging.slot("slot");
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      send(1, 1);
      assertEquals(1, number(slot.take(Kafka.PATIENCE).get()));
      assertTrue(slot.accept());
      // Longer than the idle connections of this broker live.
      await().during(Duration.ofSeconds(4)).atMost(Kafka.PATIENCE).until(() -> members(admin) == 1);
      send(2, 2);
      assertEquals(2, number(slot.take(Kafka.PATIENCE).get()));
      assertTrue(slot.accept());
    }
  }

  @Test
  void endsAWaitingTakeWithinASecondOfBeingStopped() {
    TrialQueueConsumer slot = messaging.slot("slot");
    CompletableFuture<Optional<Delivery<QueuedTrial>>> waiting =
        CompletableFuture.supplyAsync(() -> slot.take(Duration.ofHours(1)));
    assertTimeout(
        Duration.ofSeconds(1),
        () -> {
          slot.stop();
          assertEquals(Optional.empty(), waiting.join());
        });
    assertEquals(Optional.empty(), slot.take(Duration.ofHours(1)));
    assertTimeout(Duration.ofSeconds(1), slot::close);
  }

  @Test
  void handsOverATrialThatCannotBeReadUnderItsIdAndGoesOn() throws Exception {
    Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
    try (var producer =
        new KafkaProducer<>(client, new StringSerializer(), new StringSerializer())) {
      String topic = settings.topics().trials();
      producer.send(new ProducerRecord<>(topic, "later/0001", "{\"v\":2}")).get();
    }
    send(2, 2);
    try (TrialQueueConsumer slot = messaging.slot("slot")) {
      var aside = assertInstanceOf(Delivery.Unreadable.class, slot.take(Kafka.PATIENCE).get());
      assertEquals("later/0001", aside.key());
      assertTrue(slot.accept());
      assertEquals(2, number(slot.take(Kafka.PATIENCE).get()));
      assertTrue(slot.accept());
    }
  }

  @Test
  void refusesToTakeASecondTrialBeforeTheFirstIsAccepted() throws Exception {
    send(1, 1);
    try (TrialQueueConsumer slot = messaging.slot("slot")) {
      assertThrows(IllegalStateException.class, slot::accept);
      slot.take(Kafka.PATIENCE).get();
      assertThrows(IllegalStateException.class, () -> slot.take(NOTHING));
      assertTrue(slot.accept());
    }
  }

  private void takeAll(String name, ConcurrentLinkedQueue<Integer> taken) {
    try (TrialQueueConsumer slot = messaging.slot(name)) {
      while (taken.size() < 40) {
        Optional<Delivery<QueuedTrial>> delivery = slot.take(NOTHING);
        delivery.filter(found -> slot.accept()).ifPresent(found -> taken.add(number(found)));
      }
    }
  }

  private void send(int from, int to) throws Exception {
    for (int number = from; number <= to; number++) {
      await(messaging.trials().send(Samples.queuedTrial(number)));
    }
  }

  private static int number(Delivery<QueuedTrial> delivery) {
    return ((Delivery.Message<QueuedTrial>) delivery).value().trial().id().number();
  }

  private int members(Admin admin) throws Exception {
    String group = settings.topics().workers();
    return admin
        .describeShareGroups(new TreeSet<>(Set.of(group)))
        .all()
        .get()
        .get(group)
        .members()
        .size();
  }

  private void lockFor(Duration duration) throws Exception {
    String group = settings.topics().workers();
    ConfigEntry entry =
        new ConfigEntry("share.record.lock.duration.ms", String.valueOf(duration.toMillis()));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin
          .incrementalAlterConfigs(
              Map.of(
                  new ConfigResource(ConfigResource.Type.GROUP, group),
                  List.of(new AlterConfigOp(entry, AlterConfigOp.OpType.SET))))
          .all()
          .get();
    }
  }
}
