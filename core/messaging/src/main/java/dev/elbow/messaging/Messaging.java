package dev.elbow.messaging;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.producer.KafkaProducer;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A process's connection to the topics. It needs them to be there: see {@link Provisioning}. Thread
 * safe.
 */
public final class Messaging {
  private static final Duration GOODBYE = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final KafkaSettings settings;
  private final KafkaProducer<String, byte[]> durable;
  private final KafkaProducer<String, byte[]> fleeting;
  private final Wire<QueuedTrial> queued = Wire.of(QueuedTrial.class);
  private final Channel<Event> events;
  private final Channel<MetricPoint> metrics;
  private final Channel<Heartbeat> heartbeats;
  private final Channel<Control> control;
  private final TrialQueue trials;

  private Messaging(Vertx vertx, KafkaSettings settings) {
    this.vertx = vertx;
    this.settings = settings;
    durable = producer(settings.durableProducer());
    fleeting = producer(settings.transientProducer());
    Topics topics = settings.topics();
    events = channel(durable, "earliest", topics.events(), Event.class, Keys::of);
    metrics = channel(durable, "latest", topics.metrics(), MetricPoint.class, Keys::of);
    heartbeats = channel(fleeting, "latest", topics.heartbeats(), Heartbeat.class, Keys::of);
    control = channel(durable, "earliest", topics.control(), Control.class, Keys::of);
    trials = new TrialQueue(vertx, settings, durable, queued);
  }

  /**
   * Connects in the background: publishing and subscribing wait for Kafka.
   *
   * @throws MessagingException if no client can be made of the settings
   */
  public static Messaging open(Vertx vertx, KafkaSettings settings) {
    try {
      return new Messaging(vertx, settings);
    } catch (RuntimeException e) {
      throw Cluster.unusable(settings, e);
    }
  }

  /** The log. A subscriber gets it from its beginning, then what is added. */
  public Channel<Event> events() {
    return events;
  }

  /** Points of curves. A subscriber gets new ones only. */
  public Channel<MetricPoint> metrics() {
    return metrics;
  }

  /**
   * Signs of life. A subscriber gets new ones only, and one that Kafka does not take within some
   * seconds is dropped: late, it would be a lie.
   */
  public Channel<Heartbeat> heartbeats() {
    return heartbeats;
  }

  /** Words to all workers. A subscriber gets those of the last days first, then new ones. */
  public Channel<Control> control() {
    return control;
  }

  /** The queue's entrance. */
  public TrialQueue trials() {
    return trials;
  }

  /**
   * The queue's exit for one slot, to be closed by the slot.
   *
   * @param slot names it in Kafka's logs and listings
   * @throws MessagingException if no client can be made of the settings
   */
  public TrialQueueConsumer slot(String slot) {
    Map<String, Object> client = settings.shareConsumer();
    client.putIfAbsent("client.id", slot);
    try {
      return TrialQueueConsumer.open(client, settings.topics().trials(), queued);
    } catch (RuntimeException e) {
      throw Cluster.unusable(settings, e);
    }
  }

  /**
   * Stands for election among the coordinators of the namespace, until it is closed.
   *
   * @param handler is told, on the Vert.x context of the caller if it has one, for the first time
   *     when the group has decided, then of each change; must not block
   */
  public Candidacy stand(Candidacy.Terms terms, Consumer<Candidacy.Standing> handler) {
    return Candidacy.start(vertx, settings.candidate(terms), settings.topics().events(), handler);
  }

  /**
   * Sends what is under way, for five seconds at most, and disconnects. Subscriptions, slots and
   * candidacies are closed by those who opened them.
   */
  public Future<Void> close() {
    return Future.join(close(durable), close(fleeting)).mapEmpty();
  }

  // Not through Vert.x, whose producer closes only after a send that still waits for Kafka.
  private Future<Void> close(KafkaProducer<String, byte[]> producer) {
    return vertx.executeBlocking(
        () -> {
          producer.unwrap().close(GOODBYE);
          return null;
        },
        false);
  }

  private KafkaProducer<String, byte[]> producer(Map<String, String> client) {
    KafkaProducer<String, byte[]> producer = KafkaProducer.create(vertx, client);
    // Whoever published is told by the future; without a handler Vert.x logs a second failure.
    return producer.exceptionHandler(told -> {});
  }

  private <T> Channel<T> channel(
      KafkaProducer<String, byte[]> producer,
      String from,
      String topic,
      Class<T> type,
      Function<T, String> key) {
    return new Channel<>(vertx, producer, settings.consumer(from), topic, Wire.of(type), key);
  }
}
