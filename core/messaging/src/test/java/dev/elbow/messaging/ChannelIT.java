package dev.elbow.messaging;

import static dev.elbow.messaging.Kafka.await;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.elbow.api.TrialId;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class ChannelIT extends MessagingFixture {
  private final ConcurrentLinkedQueue<Delivery<Event>> heard = new ConcurrentLinkedQueue<>();

  @Test
  void catchesUpWithAnEmptyLogAtOnce() throws Exception {
    Subscription log = messaging.events().subscribe(heard::add);
    await(log.caughtUp());
    assertEquals(0, heard.size());
    await(log.close());
  }

  @Test
  void nothingOfOneNamespaceIsSeenInAnother() throws Exception {
    Messaging neighbour = Messaging.open(kafka.vertx(), kafka.provisioned());
    await(neighbour.events().publish(Samples.queued(1)));
    await(neighbour.trials().send(Samples.queuedTrial(1)));
    await(messaging.trials().send(Samples.queuedTrial(2)));
    Subscription log = messaging.events().subscribe(heard::add);
    await(log.caughtUp());
    assertEquals(0, heard.size());
    try (TrialQueueConsumer slot = messaging.slot("slot")) {
      assertEquals("mnist-beta/0002", slot.take(Kafka.PATIENCE).orElseThrow().key());
      slot.accept();
    }
    await(log.close());
    await(neighbour.close());
  }

  @Test
  void replaysTheLogInOrderAndThenTellsWhatIsAdded() throws Exception {
    publish(1, 2000);
    Subscription log = messaging.events().subscribe(heard::add);
    await(log.caughtUp());
    assertEquals(2000, heard.size());
    publish(2001, 2500);
    await().until(() -> heard.size() == 2500);
    assertEquals(IntStream.rangeClosed(1, 2500).boxed().toList(), numbers());
    assertEquals(
        IntStream.range(0, 2500).mapToObj(Long::valueOf).toList(),
        heard.stream().map(Delivery::offset).toList());
    await(log.close());
  }

  @Test
  void completesAnAppendWithTheOffset() throws Exception {
    assertEquals(0, await(messaging.events().publish(Samples.queued(1))));
    assertEquals(1, await(messaging.events().publish(Samples.queued(2))));
  }

  @Test
  void deliversARecordThatCannotBeReadAndWhatComesBehindIt() throws Exception {
    publish(1, 1);
    writeRaw(settings.topics().events(), "key", "{\"v\":9}");
    publish(2, 2);
    Subscription log = messaging.events().subscribe(heard::add);
    await(log.caughtUp());
    List<Delivery<Event>> all = new ArrayList<>(heard);
    assertEquals(3, all.size());
    var aside = assertInstanceOf(Delivery.Unreadable.class, all.get(1));
    assertEquals("schema version: found 9, expected 1 to 1", aside.reason());
    assertEquals("key", aside.key());
    await(log.close());
  }

  @Test
  void stopsAtARecordWhoseHandlerFailsRatherThanPassOverIt() throws Exception {
    publish(1, 3);
    Subscription log =
        messaging
            .events()
            .subscribe(
                delivery -> {
                  heard.add(delivery);
                  if (delivery.offset() == 1) {
                    throw new IllegalStateException("the fold failed");
                  }
                });
    ExecutionException e = assertThrows(ExecutionException.class, () -> await(log.ended()));
    assertEquals("the fold failed", e.getCause().getMessage());
    assertThrows(ExecutionException.class, () -> await(log.caughtUp()));
    assertEquals(2, heard.size());
  }

  @Test
  void hearsNothingOnceItIsClosed() throws Exception {
    Subscription log = messaging.events().subscribe(heard::add);
    await(log.caughtUp());
    await(log.close());
    await(log.close());
    await(log.ended());
    publish(1, 1);
    Subscription other = messaging.events().subscribe(delivery -> {});
    await(other.caughtUp());
    assertEquals(0, heard.size());
    await(other.close());
  }

  @Test
  void deliversOnTheContextOfTheSubscriber() throws Exception {
    Context context = kafka.vertx().getOrCreateContext();
    AtomicReference<Context> seen = new AtomicReference<>();
    AtomicReference<Subscription> log = new AtomicReference<>();
    publish(1, 1);
    context.runOnContext(
        now -> log.set(messaging.events().subscribe(delivery -> seen.set(Vertx.currentContext()))));
    await().untilAtomic(seen, org.hamcrest.Matchers.notNullValue());
    assertEquals(context, seen.get());
    await(log.get().close());
  }

  @Test
  void tellsOnlyNewHeartbeatsAndMissesNoneAfterCatchingUp() throws Exception {
    await(messaging.heartbeats().publish(Samples.heartbeat("worker-1", 1)));
    ConcurrentLinkedQueue<Delivery<Heartbeat>> beats = new ConcurrentLinkedQueue<>();
    Subscription live = messaging.heartbeats().subscribe(beats::add);
    await(live.caughtUp());
    await(messaging.heartbeats().publish(Samples.heartbeat("worker-1", 2)));
    await().until(() -> beats.size() == 1);
    var beat = (Delivery.Message<Heartbeat>) beats.peek();
    assertEquals(Samples.heartbeat("worker-1", 2), beat.value());
    assertEquals("worker-1", beat.key());
    await(live.close());
  }

  @Test
  void tellsPointsOfCurvesAsTheyCome() throws Exception {
    ConcurrentLinkedQueue<Delivery<MetricPoint>> points = new ConcurrentLinkedQueue<>();
    Subscription live = messaging.metrics().subscribe(points::add);
    await(live.caughtUp());
    await(messaging.metrics().publish(Samples.metricPoint()));
    await().until(() -> points.size() == 1);
    var point = (Delivery.Message<MetricPoint>) points.peek();
    assertEquals(Samples.metricPoint(), point.value());
    await(live.close());
  }

  @Test
  void tellsAWorkerThatComesLateWhatWasSaidBefore() throws Exception {
    Control stop = new Control.Stop(new TrialId("mnist-beta", 7), 1, "cancelled");
    await(messaging.control().publish(stop));
    ConcurrentLinkedQueue<Delivery<Control>> words = new ConcurrentLinkedQueue<>();
    Subscription late = messaging.control().subscribe(words::add);
    await(late.caughtUp());
    assertEquals(stop, ((Delivery.Message<Control>) words.peek()).value());
    await(late.close());
  }

  @Test
  void carriesADocumentThatIsLargerThanKafkasOwnLimit() throws Exception {
    Event large = Samples.submitted("x".repeat(3 << 20));
    await(messaging.events().publish(large));
    Subscription log = messaging.events().subscribe(heard::add);
    await(log.caughtUp());
    assertEquals(large, ((Delivery.Message<Event>) heard.peek()).value());
    await(log.close());
  }

  private void publish(int from, int to) throws Exception {
    var last = messaging.events().publish(Samples.queued(from));
    for (int number = from + 1; number <= to; number++) {
      last = messaging.events().publish(Samples.queued(number));
    }
    await(last);
  }

  private List<Integer> numbers() {
    return heard.stream()
        .map(delivery -> (Event.Queued) ((Delivery.Message<Event>) delivery).value())
        .map(queued -> queued.trial().number())
        .toList();
  }

  private void writeRaw(String topic, String key, String text) throws Exception {
    Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
    try (var producer =
        new KafkaProducer<>(client, new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>(topic, key, text)).get();
    }
  }
}
