package dev.elbow.messaging;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue as one slot sees it: take a trial, publish that it is started, accept it, train, take
 * the next. Until it is accepted the queue holds the trial for this slot only for as long as the
 * record lock lasts, then gives it to another; the same happens at once when this is closed. There
 * is no way to put a trial back, because after some deliveries Kafka drops a record in silence.
 *
 * <p>A slot may train for as long as it likes between two takes.
 *
 * <p>For one thread alone, except {@link #stop}.
 */
public final class TrialQueueConsumer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TrialQueueConsumer.class);
  private static final Duration GOODBYE = Duration.ofMillis(800);
  // How soon a stop is noticed. Kafka's own wake-up would also strike an accept under way, and
  // leave open whether it counted.
  private static final Duration POLL = Duration.ofMillis(250);
  // A record that has come while nobody polled is asked for again if it may be this old: a part of
  // its lock, so that there is time left to publish that it is started and to accept it.
  private static final int PARTS_OF_A_LOCK = 6;
  private static final int USUAL_LOCK_MILLIS = 30_000;

  private final KafkaShareConsumer<String, byte[]> consumer;
  private final Wire<QueuedTrial> wire;
  private final ClientFigures.Shown figures;
  private ConsumerRecord<String, byte[]> held;
  private long lastPoll = System.nanoTime();
  private volatile boolean stopped;

  private TrialQueueConsumer(
      KafkaShareConsumer<String, byte[]> consumer,
      Wire<QueuedTrial> wire,
      ClientFigures.Shown figures) {
    this.consumer = consumer;
    this.wire = wire;
    this.figures = figures;
  }

  static TrialQueueConsumer open(
      Map<String, Object> settings,
      String topic,
      Wire<QueuedTrial> wire,
      ClientFigures.Use figures) {
    KafkaShareConsumer<String, byte[]> consumer =
        new KafkaShareConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    consumer.subscribe(List.of(topic));
    return new TrialQueueConsumer(consumer, wire, figures.show(consumer::metrics));
  }

  /**
   * Waits for a trial. The slot then holds it and must {@link #accept} it before it takes another,
   * one that cannot be read too: its key is still the trial's id.
   *
   * <p>Take again soon after an empty answer, because a trial may arrive just after it and then
   * waits in here.
   *
   * @return empty if there was none for {@code patience}, or if it was stopped
   * @throws KafkaException if Kafka refuses this consumer for good, for lack of rights, say
   */
  public Optional<Delivery<QueuedTrial>> take(Duration patience) {
    if (held != null) {
      throw new IllegalStateException("%s is not accepted yet".formatted(held.key()));
    }
    long end = System.nanoTime() + patience.toNanos();
    do {
      held = poll(Math.min(POLL.toNanos(), end - System.nanoTime()));
    } while (held == null && !stopped && System.nanoTime() < end);
    return Optional.ofNullable(held)
        .map(record -> wire.deliver(record.offset(), record.key(), record.value()));
  }

  /**
   * Takes the held trial out of the queue for good.
   *
   * @return false if the queue has taken it back meanwhile, or stays away: another slot gets it, so
   *     this one must not train it. True may be wrong where another slot has accepted it already:
   *     then the log decides between the two
   */
  public boolean accept() {
    if (held == null) {
      throw new IllegalStateException("no trial is held");
    }
    ConsumerRecord<String, byte[]> record = held;
    held = null;
    try {
      consumer.acknowledge(record);
      return committed(consumer.commitSync());
    } catch (IllegalStateException | TimeoutException e) {
      // The consumer has noticed by itself that the lock is lost, or cannot ask.
      return false;
    }
  }

  private static boolean committed(Map<TopicIdPartition, Optional<KafkaException>> failures) {
    return failures.values().stream().allMatch(Optional::isEmpty);
  }

  /**
   * Ends a running {@link #take} within a quarter of a second, and all later ones. For any thread.
   */
  public void stop() {
    stopped = true;
  }

  public boolean stopped() {
    return stopped;
  }

  /** Leaves the queue within a second; a trial that is held goes to another slot. */
  @Override
  public void close() {
    stopped = true;
    figures.close();
    consumer.close(GOODBYE);
  }

  private ConsumerRecord<String, byte[]> poll(long nanos) {
    if (stopped) {
      return null;
    }
    ConsumerRecords<String, byte[]> records = consumer.poll(Duration.ofNanos(Math.max(0, nanos)));
    boolean rested = hasRested();
    lastPoll = System.nanoTime();
    if (records.isEmpty()) {
      return null;
    }
    ConsumerRecord<String, byte[]> record = records.iterator().next();
    if (!rested) {
      return record;
    }
    release(record);
    return null;
  }

  private boolean hasRested() {
    long lock = consumer.acquisitionLockTimeoutMs().orElse(USUAL_LOCK_MILLIS);
    long rest = System.nanoTime() - lastPoll;
    return rest > Duration.ofMillis(lock).dividedBy(PARTS_OF_A_LOCK).toNanos();
  }

  // Kafka's client fetches while a slot trains, and hands over what it has even when another slot
  // has got it meanwhile. Nothing else tells whose it is: the broker says yes to renewing and even
  // to accepting what another has accepted. What is released and still this one's comes again with
  // the next poll; a slot does this once after a rest, so no record is delivered too often by it.
  private void release(ConsumerRecord<String, byte[]> record) {
    try {
      consumer.acknowledge(record, AcknowledgeType.RELEASE);
      consumer.commitSync();
    } catch (IllegalStateException | TimeoutException e) {
      LOG.debug("{} is another slot's by now", record.key(), e);
    }
  }
}
