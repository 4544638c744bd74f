package dev.elbow.messaging;

import static dev.elbow.messaging.Kafka.await;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

/** A slot that comes back from training and holds what Kafka's client has fetched meanwhile. */
class RestedSlotIT extends MessagingFixture {
  private static final Duration NOTHING = Duration.ofMillis(300);

  @Test
  void handsOverNoTrialThatAnotherHoldsMeanwhile() throws Exception {
    handsOverNothingThatAnotherGot(false);
  }

  @Test
  void handsOverNoTrialThatAnotherHasAcceptedMeanwhile() throws Exception {
    handsOverNothingThatAnotherGot(true);
  }

  private void handsOverNothingThatAnotherGot(boolean isAccepted) throws Exception {
    lockFor(Duration.ofSeconds(3));
    try (TrialQueueConsumer training = waitingInTheBackground();
        KafkaShareConsumer<String, byte[]> other = plainConsumer()) {
      ConsumerRecord<String, byte[]> again = redelivered(other);
      if (isAccepted) {
        accept(other, again);
      }
      assertEquals(Optional.empty(), training.take(NOTHING));
      if (!isAccepted) {
        accept(other, again);
      }
      send(9);
      assertEquals(9, number(training.take(Kafka.PATIENCE).get()));
      assertTrue(training.accept());
    }
  }

  /**
   * A trial that the slot in training had, until its lock ran out: the broker counts deliveries.
   */
  private ConsumerRecord<String, byte[]> redelivered(KafkaShareConsumer<String, byte[]> other)
      throws Exception {
    for (int number = 1; number < 9; number++) {
      send(number);
      ConsumerRecord<String, byte[]> record = poll(other);
      if (record.deliveryCount().get() > 1) {
        return record;
      }
      accept(other, record);
    }
    throw new AssertionError("the slot in training never got a trial in the background");
  }

  private static void accept(
      KafkaShareConsumer<String, byte[]> consumer, ConsumerRecord<String, byte[]> record) {
    consumer.acknowledge(record);
    consumer.commitSync();
  }

  @Test
  void handsOverATrialThatCameWhileItTrainedAndIsStillItsOwn() throws Exception {
    Duration lock = Duration.ofSeconds(6);
    lockFor(lock);
    try (TrialQueueConsumer training = waitingInTheBackground();
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      send(1);
      // It rests for longer than a sixth of the lock, and is asked for the trial again.
      await().during(lock.dividedBy(5)).until(() -> members(admin) == 1);
      assertEquals(1, number(training.take(Kafka.PATIENCE).get()));
      assertTrue(training.accept());
      assertEquals(Optional.empty(), training.take(NOTHING));
    }
  }

  /** A slot whose last look into the queue is still under way at the broker, for half a minute. */
  private TrialQueueConsumer waitingInTheBackground() {
    KafkaSettings patient =
        new KafkaSettings(
            settings.bootstrapServers(),
            settings.namespace(),
            Map.of("fetch.max.wait.ms", "20000"));
    TrialQueueConsumer slot =
        TrialQueueConsumer.open(
            patient.shareConsumer(),
            settings.topics().trials(),
            Wire.of(QueuedTrial.class),
            new ClientFigures("worker", new CompositeMeterRegistry()).consumers("trials"));
    await().atMost(Kafka.PATIENCE).ignoreExceptions().until(() -> hasJoined(slot));
    return slot;
  }

  private boolean hasJoined(TrialQueueConsumer slot) throws Exception {
    assertEquals(Optional.empty(), slot.take(NOTHING));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      return members(admin) == 1;
    }
  }

  private KafkaShareConsumer<String, byte[]> plainConsumer() {
    KafkaShareConsumer<String, byte[]> consumer =
        new KafkaShareConsumer<>(
            settings.shareConsumer(), new StringDeserializer(), new ByteArrayDeserializer());
    consumer.subscribe(List.of(settings.topics().trials()));
    return consumer;
  }

  private static ConsumerRecord<String, byte[]> poll(KafkaShareConsumer<String, byte[]> consumer) {
    List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
    await()
        .atMost(Kafka.PATIENCE)
        .until(
            () -> {
              consumer.poll(Duration.ofMillis(100)).forEach(found::add);
              return !found.isEmpty();
            });
    return found.get(0);
  }

  private void send(int number) throws Exception {
    await(messaging.trials().send(Samples.queuedTrial(number)));
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
