package dev.elbow.messaging;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.producer.KafkaProducer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
  private final ClientFigures figures;
  private final List<ClientFigures.Shown> shown = new ArrayList<>();
  private final KafkaProducer<String, byte[]> durable;
  private final KafkaProducer<String, byte[]> fleeting;
  private final Wire<QueuedTrial> queued = Wire.of(QueuedTrial.class);
  private final Channel<Event> events;
  private final Channel<MetricPoint> metrics;
  private final Channel<Heartbeat> heartbeats;
  private final Channel<Control> control;
  private final TrialQueue trials;

  private Messaging(Vertx vertx, KafkaSettings settings, ClientFigures figures) {
    this.figures = figures;
    this.vertx = vertx;
    this.settings = settings;
    durable = producer("durable", settings.durableProducer());
    fleeting = producer("fleeting", settings.transientProducer());
    Topics topics = settings.topics();
    events = channel(durable, from("earliest", topics.events(), "events"), Event.class, Keys::of);
    metrics =
        channel(durable, from("latest", topics.metrics(), "metrics"), MetricPoint.class, Keys::of);
    heartbeats =
        channel(
            fleeting, from("latest", topics.heartbeats(), "heartbeats"), Heartbeat.class, Keys::of);
    control =
        channel(durable, from("earliest", topics.control(), "control"), Control.class, Keys::of);
    trials =
        new TrialQueue(
            vertx, settings, durable, from("earliest", topics.trials(), "queue"), queued);
  }

  /**
   * Connects in the background: publishing and subscribing wait for Kafka.
   *
   * @throws MessagingException if no client can be made of the settings
   */
  public static Messaging open(Vertx vertx, KafkaSettings settings) {
    return open(vertx, settings, "", new CompositeMeterRegistry()); // which keeps nothing
  }

  /**
   * The same with figures of Kafka's clients.
   *
   * @param part of the system that talks to Kafka here: coordinator, worker
   * @param registry where they are shown; not closed
   */
  public static Messaging open(
      Vertx vertx, KafkaSettings settings, String part, MeterRegistry registry) {
    try {
      return new Messaging(vertx, settings, new ClientFigures(part, registry));
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
      return TrialQueueConsumer.open(
          client, settings.topics().trials(), queued, figures.consumers("trials"));
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
    ReaderSettings reading =
        new ReaderSettings(
            settings.topics().events(), settings.candidate(terms), figures.consumers("election"));
    return Candidacy.start(vertx, reading, handler);
  }

  /**
   * Sends what is under way, for five seconds at most, and disconnects. Subscriptions, slots and
   * candidacies are closed by those who opened them.
   */
  public Future<Void> close() {
    shown.forEach(ClientFigures.Shown::close);
    return Future.join(close(durable), close(fleeting), trials.close()).mapEmpty();
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

  private KafkaProducer<String, byte[]> producer(String use, Map<String, String> client) {
    KafkaProducer<String, byte[]> producer = KafkaProducer.create(vertx, client);
    shown.add(figures.producers(use).show(producer.unwrap()::metrics));
    // Whoever published is told by the future; without a handler Vert.x logs a second failure.
    return producer.exceptionHandler(told -> {});
  }

  private ReaderSettings from(String place, String topic, String use) {
    return new ReaderSettings(topic, settings.consumer(place), figures.consumers(use));
  }

  private <T> Channel<T> channel(
      KafkaProducer<String, byte[]> producer,
      ReaderSettings reading,
      Class<T> type,
      Function<T, String> key) {
    return new Channel<>(vertx, producer, reading, Wire.of(type), key);
  }
}
