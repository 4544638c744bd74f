package dev.elbow.messaging;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.common.TopicPartition;
import io.vertx.kafka.client.consumer.KafkaConsumer;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands for election among the coordinators: elected is who holds the one partition of their
 * consumer group. It reads nothing.
 *
 * <p>To be elected is no more than an opinion of Kafka's, which whoever was paused or cut off
 * learns late; what two of them write is sorted out by the epochs of the log.
 *
 * <p>Thread safe; all fields are used on the context alone.
 */
public final class Candidacy {
  private static final Logger log = LoggerFactory.getLogger(Candidacy.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Vertx vertx;
  private final Context context;
  private final ReaderSettings settings;
  private final TopicPartition partition;
  private final Consumer<Standing> handler;
  private final Promise<Void> ended = Promise.promise();
  private KafkaConsumer<String, byte[]> consumer;
  private ClientFigures.Shown figures = () -> {};
  private Optional<Standing> told = Optional.empty();
  private boolean closed;
  private String lastTrouble = "";

  /** What the group thinks of a candidate. */
  public enum Standing {
    ELECTED,
    PASSED_OVER
  }

  /**
   * How to stand.
   *
   * @param session how long a candidate may be silent before another is elected; Kafka's brokers
   *     allow 6 s and more by default
   * @param seat a name for ever, where two candidates of this name can never be there at once: a
   *     new one takes the place of its predecessor without waiting until that one's session is
   *     over. Such a candidate does not leave when it closes
   */
  public record Terms(Duration session, Optional<String> seat) {
    /** Replaced within ten seconds after it was killed, and at once after it closed. */
    public static final Terms USUAL = new Terms(Duration.ofSeconds(8), Optional.empty());

    /** The same for the only candidate that there can be. */
    public static final Terms ALONE = new Terms(USUAL.session(), Optional.of("alone"));
  }

  private Candidacy(Vertx vertx, ReaderSettings settings, Consumer<Standing> handler) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.settings = settings;
    this.partition = new TopicPartition(settings.topic(), 0);
    this.handler = handler;
  }

  /**
   * Stands from now on.
   *
   * @param handler is told on the context of the caller: for the first time when the group has
   *     decided, then of each change
   */
  static Candidacy start(Vertx vertx, ReaderSettings settings, Consumer<Standing> handler) {
    Candidacy candidacy = new Candidacy(vertx, settings, handler);
    candidacy.context.runOnContext(now -> candidacy.open());
    return candidacy;
  }

  /** Leaves; somebody else is elected at once. Further calls do nothing. */
  public Future<Void> close() {
    context.runOnContext(now -> stop());
    return ended.future();
  }

  private void open() {
    if (closed) {
      return;
    }
    consumer = KafkaConsumer.create(vertx, settings.consumer());
    figures = settings.figures().show(consumer.unwrap()::metrics);
    consumer.exceptionHandler(e -> context.runOnContext(now -> report(e)));
    consumer.partitionsAssignedHandler(added -> assigned(added));
    consumer.partitionsRevokedHandler(gone -> revoked(gone));
    subscribe();
  }

  private void subscribe() {
    consumer
        .subscribe(partition.getTopic())
        .onSuccess(done -> poll())
        .onFailure(e -> retry(e, this::subscribe));
  }

  // A hung coordinator does not poll, and is replaced; so this is no thread of its own.
  private void poll() {
    if (closed) {
      return;
    }
    consumer
        .poll(POLL)
        .onSuccess(
            nothing -> {
              lastTrouble = "";
              poll();
            })
        .onFailure(e -> retry(e, this::poll));
  }

  // The group tells also those who get nothing, after each election.
  private void assigned(Set<TopicPartition> added) {
    if (added.contains(partition)) {
      consumer.pause(partition).onFailure(e -> log.debug("not paused any more: {}", e.toString()));
      tell(Standing.ELECTED);
    } else if (told.isEmpty()) {
      tell(Standing.PASSED_OVER);
    }
  }

  private void revoked(Set<TopicPartition> gone) {
    if (gone.contains(partition)) {
      tell(Standing.PASSED_OVER);
    }
  }

  private void tell(Standing standing) {
    if (!closed && !told.equals(Optional.of(standing))) {
      told = Optional.of(standing);
      handler.accept(standing);
    }
  }

  private void retry(Throwable trouble, Runnable again) {
    if (!closed) {
      report(trouble);
      vertx.setTimer(RETRY.toMillis(), id -> again.run());
    }
  }

  // Once for each kind of trouble, since it comes back every second.
  private void report(Throwable trouble) {
    String text = String.valueOf(trouble);
    if (!text.equals(lastTrouble)) {
      lastTrouble = text;
      log.warn("cannot stand for election now, trying again: {}", text);
    }
  }

  private void stop() {
    if (closed) {
      return;
    }
    closed = true;
    figures.close();
    Future<Void> closing = consumer == null ? Future.succeededFuture() : consumer.close();
    closing.onComplete(done -> ended.tryComplete());
  }
}
