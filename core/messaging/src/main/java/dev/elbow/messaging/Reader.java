package dev.elbow.messaging;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.common.TopicPartition;
import io.vertx.kafka.client.consumer.KafkaConsumer;
import io.vertx.kafka.client.consumer.KafkaConsumerRecords;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the one partition of a topic in order. While some records are handled, the consumer's own
 * thread fetches and parses the next ones, and no more: Vert.x's own stream would pass over a
 * record whose handler threw, and its pause stops polling. All fields are used on the context
 * alone.
 */
final class Reader<T> implements Subscription {
  private static final Logger log = LoggerFactory.getLogger(Reader.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final long UNKNOWN = -1;

  private final Vertx vertx;
  private final Context context;
  private final TopicPartition partition;
  private final Wire<T> wire;
  private final Consumer<Delivery<T>> handler;
  private final Supplier<Future<OptionalLong>> first;
  private final Promise<Void> caughtUp = Promise.promise();
  private final Promise<Void> ended = Promise.promise();
  private final ReaderSettings settings;
  private KafkaConsumer<String, Wire.Found<T>> consumer;
  private ClientFigures.Shown figures = () -> {};
  private long endAtStart;
  private boolean closed;
  private String lastTrouble = "";

  private Reader(
      Vertx vertx,
      ReaderSettings settings,
      Wire<T> wire,
      Consumer<Delivery<T>> handler,
      Supplier<Future<OptionalLong>> first) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.settings = settings;
    this.partition = new TopicPartition(settings.topic(), 0);
    this.wire = wire;
    this.handler = handler;
    this.first = first;
  }

  /** Begins to read. */
  static <T> Reader<T> start(
      Vertx vertx, ReaderSettings settings, Wire<T> wire, Consumer<Delivery<T>> handler) {
    return start(
        vertx, settings, wire, handler, () -> Future.succeededFuture(OptionalLong.empty()));
  }

  /**
   * Begins to read in the middle.
   *
   * @param settings say where to begin if {@code first} names no place
   * @param first asked when Kafka is there, again if it fails: the offset of the first record
   */
  static <T> Reader<T> start(
      Vertx vertx,
      ReaderSettings settings,
      Wire<T> wire,
      Consumer<Delivery<T>> handler,
      Supplier<Future<OptionalLong>> first) {
    Reader<T> reader = new Reader<>(vertx, settings, wire, handler, first);
    reader.context.runOnContext(now -> reader.open());
    return reader;
  }

  @Override
  public Future<Void> caughtUp() {
    return caughtUp.future();
  }

  @Override
  public Future<Void> ended() {
    return ended.future();
  }

  @Override
  public Future<Long> end() {
    Promise<Long> end = Promise.promise();
    context.runOnContext(now -> askEnd(end));
    return end.future();
  }

  private void askEnd(Promise<Long> end) {
    if (closed || consumer == null) {
      end.fail("not open");
    } else {
      consumer.endOffsets(partition).onComplete(end);
    }
  }

  @Override
  public Future<Void> close() {
    context.runOnContext(now -> stop(null));
    return ended.future().otherwiseEmpty();
  }

  private void open() {
    if (closed) {
      return;
    }
    try {
      consumer =
          KafkaConsumer.create(
              vertx,
              new UngroupedConsumer<>(
                  settings.consumer(),
                  new StringDeserializer(),
                  (topic, bytes) -> wire.find(bytes)));
    } catch (RuntimeException e) {
      stop(e);
      return;
    }
    figures = settings.figures().show(consumer.unwrap()::metrics);
    consumer.exceptionHandler(e -> context.runOnContext(now -> report(e)));
    consumer.assign(partition).onComplete(done -> begin());
  }

  // The position is asked for, so that it is fixed now and not when the first poll gets through.
  private void begin() {
    if (closed) {
      return;
    }
    consumer
        .endOffsets(partition)
        .onSuccess(end -> endAtStart = end)
        .compose(end -> first.get())
        .compose(this::seek)
        .compose(done -> consumer.position(partition))
        .onSuccess(this::begin)
        .onFailure(e -> retry(e, this::begin));
  }

  private Future<Void> seek(OptionalLong offset) {
    return offset.isPresent()
        ? consumer.seek(partition, offset.getAsLong())
        : Future.succeededFuture();
  }

  private void begin(long position) {
    if (!closed) {
      reached(position);
      await(poll());
    }
  }

  private void reached(long position) {
    if (position >= endAtStart) {
      caughtUp.tryComplete();
    }
  }

  /** The next records, and the position behind them. */
  private record Batch<T>(KafkaConsumerRecords<String, Wire.Found<T>> records, long next) {}

  private Future<Batch<T>> poll() {
    return consumer
        .poll(POLL)
        .compose(records -> positionBehind().map(next -> new Batch<>(records, next)));
  }

  // Asked for rather than counted: a compacted topic has gaps, at its end too. Where there is no
  // answer the records count all the same, and the next ones are asked again.
  private Future<Long> positionBehind() {
    return caughtUp.future().isComplete()
        ? Future.succeededFuture(endAtStart)
        : consumer.position(partition).otherwise(UNKNOWN);
  }

  private void await(Future<Batch<T>> coming) {
    coming.onSuccess(this::handle).onFailure(e -> retry(e, () -> await(poll())));
  }

  private void handle(Batch<T> batch) {
    if (closed) {
      return;
    }
    lastTrouble = "";
    Future<Batch<T>> coming = poll();
    for (ConsumerRecord<String, Wire.Found<T>> record : batch.records().records()) {
      if (closed || !handled(record)) {
        return;
      }
    }
    reached(batch.next());
    await(coming);
  }

  private boolean handled(ConsumerRecord<String, Wire.Found<T>> record) {
    try {
      handler.accept(delivery(record));
      return true;
    } catch (RuntimeException e) {
      stop(e);
      return false;
    }
  }

  private Delivery<T> delivery(ConsumerRecord<String, Wire.Found<T>> record) {
    // Kafka parses nothing where there is nothing.
    Wire.Found<T> found = record.value() == null ? wire.find(null) : record.value();
    return found.at(record.offset(), record.key() == null ? "" : record.key());
  }

  private void retry(Throwable trouble, Runnable again) {
    if (!closed) {
      report(trouble);
      vertx.setTimer(RETRY.toMillis(), id -> again.run());
    }
  }

  // Once for each kind of trouble, since it comes back every second while Kafka is away.
  private void report(Throwable trouble) {
    String text = String.valueOf(trouble);
    if (!closed && !text.equals(lastTrouble)) {
      lastTrouble = text;
      log.warn("{} cannot be read now, trying again: {}", partition.getTopic(), text);
    }
  }

  private void stop(Throwable reason) {
    if (closed) {
      return;
    }
    closed = true;
    figures.close();
    caughtUp.tryFail("closed before everything was read");
    Future<Void> closing = consumer == null ? Future.succeededFuture() : consumer.close();
    closing.onComplete(done -> end(reason));
  }

  private void end(Throwable reason) {
    if (reason == null) {
      ended.tryComplete();
    } else {
      ended.tryFail(reason);
    }
  }
}
