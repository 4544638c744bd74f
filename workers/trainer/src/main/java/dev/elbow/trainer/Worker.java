package dev.elbow.trainer;

import dev.elbow.api.TrialId;
import dev.elbow.inference.VaeModel;
import dev.elbow.messaging.Control;
import dev.elbow.messaging.Delivery;
import dev.elbow.messaging.Heartbeat;
import dev.elbow.messaging.KafkaSettings;
import dev.elbow.messaging.Messaging;
import dev.elbow.messaging.Provisioning;
import dev.elbow.messaging.Subscription;
import dev.elbow.trainer.data.DataShelf;
import dev.elbow.trainer.engine.Engine;
import dev.elbow.trainer.files.TrialFiles;
import dev.elbow.trainer.scoring.Scorer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process's share of the training: takes trials from the queue and trains them, one in each slot.
 * Thread-safe.
 */
public final class Worker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
  private static final Duration KAFKA_PATIENCE = Duration.ofSeconds(60);
  private static final Duration LOSSES_STAY = Duration.ofSeconds(60);
  private static final Duration GOODBYE = Duration.ofSeconds(10);

  private final String name;
  private final Duration closing;
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final RunningTrials trials = new RunningTrials();
  private final Messaging messaging;
  private final Reports reports;
  private final DataShelf shelf;
  private final WorkerMetrics metrics;
  private final Heartbeats heartbeats;
  private final Subscription orders;
  private final List<Slot> slots = new ArrayList<>();
  private boolean closed;

  private Worker(WorkerSettings settings, KafkaSettings kafka, HeadStart begun) {
    name = settings.name() + "-" + UUID.randomUUID().toString().substring(0, 8);
    closing = settings.closing();
    messaging = Messaging.open(vertx, kafka, "worker", settings.metrics());
    reports = new Reports(messaging);
    shelf = begun.shelf();
    metrics = new WorkerMetrics(settings.metrics(), trials, settings.slots());
    heartbeats =
        new Heartbeats(
            messaging.heartbeats(),
            name,
            settings.slots(),
            capabilities(settings, begun.engine()),
            trials);
    orders = messaging.control().subscribe(this::hear);
    Workshop workshop = workshop(settings, begun.engine());
    for (int slot = 1; slot <= settings.slots(); slot++) {
      String client = name + "-" + slot;
      slots.add(new Slot(name, slot, workshop, trials, heartbeats, () -> messaging.slot(client)));
    }
  }

  /**
   * Loads the engine, waits up to a minute for Kafka and its topics, and starts taking trials.
   *
   * @throws dev.elbow.messaging.MessagingException with all problems, if Kafka stays away or cannot
   *     serve
   */
  public static Worker start(WorkerSettings settings) {
    return start(
        settings, HeadStart.load(settings.nativeCache(), settings.catalog(), settings.data()));
  }

  /**
   * As {@link #start(WorkerSettings)}, with what was loaded while there was no Kafka.
   *
   * @param begun for the same catalog and data
   */
  public static Worker start(WorkerSettings settings, HeadStart begun) {
    KafkaSettings kafka =
        new KafkaSettings(
            settings.bootstrapServers(), settings.namespace(), settings.kafkaProperties());
    Provisioning.await(kafka, settings.slots(), KAFKA_PATIENCE);
    Worker worker = new Worker(settings, kafka, begun);
    worker.open(settings);
    return worker;
  }

  private Workshop workshop(WorkerSettings settings, Engine engine) {
    return new Workshop(
        engine,
        new TrialParts(settings.catalog(), engine.precisions()),
        shelf,
        new TrialFolders(settings.results()),
        new TrialFiles(settings.catalog(), engine.name(), engine.processor()),
        new Scorer(settings.catalog(), settings.data(), 1),
        reports,
        metrics,
        settings.checkpoint(),
        this::forgetLater);
  }

  // Its last losses stay for as long as it takes until somebody has read them.
  private void forgetLater(TrialId trial) {
    vertx.setTimer(LOSSES_STAY.toMillis(), timer -> forget(trial));
  }

  private void forget(TrialId trial) {
    if (!trials.has(trial)) {
      metrics.forget(trial);
    }
  }

  private static Heartbeat.Capabilities capabilities(WorkerSettings settings, Engine engine) {
    List<String> plugins =
        settings.catalog().plugins().stream().map(plugin -> plugin.announced()).toList();
    return new Heartbeat.Capabilities(plugins, engine.precisions(), engine.processor());
  }

  private void open(WorkerSettings settings) {
    heartbeats.start(settings.heartbeat());
    slots.forEach(Slot::start);
    // The queue's first trial takes seconds to come: time enough for what its end will need.
    Thread preparing = new Thread(VaeModel::loadRuntime, "elbow-onnx-runtime");
    preparing.setDaemon(true);
    preparing.start();
    LOG.info("worker {} takes trials, {} at once", name, slots.size());
  }

  private void hear(Delivery<Control> word) {
    if (word instanceof Delivery.Message<Control> message) {
      trials.hear(message.value());
    } else if (word instanceof Delivery.Unreadable<Control> unreadable) {
      LOG.error("a word of the coordinator cannot be read: {}", unreadable.reason());
    }
  }

  /** Unique for each start. */
  public String name() {
    return name;
  }

  /**
   * Takes no more trials, lets slots reach a checkpoint, and hands their trials back. Returns when
   * nothing of it runs any more, or when the time for closing is over. Further calls do nothing.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    trials.leave();
    slots.forEach(Slot::stopTaking);
    heartbeats.now();
    boolean isIdle = awaitSlots();
    // What reads data for minutes reaches no checkpoint in time; its trial is free all the same.
    trials.all().forEach(trial -> reports.send(trial.handedBack(name)));
    reports.close();
    heartbeats.close();
    await(orders.close());
    await(messaging.close());
    await(vertx.close());
    metrics.close();
    if (isIdle) {
      // Otherwise a slot still reads from it.
      shelf.close();
    }
  }

  private boolean awaitSlots() {
    long end = System.nanoTime() + closing.toNanos();
    boolean isIdle = true;
    try {
      for (Slot slot : slots) {
        isIdle &= slot.join(Duration.ofNanos(end - System.nanoTime()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    if (!isIdle) {
      LOG.warn("a slot did not reach a checkpoint in {}", closing);
    }
    return isIdle;
  }

  private static void await(Future<?> closing) {
    try {
      closing.toCompletionStage().toCompletableFuture().get(GOODBYE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("not closed in order", e);
    }
  }
}
