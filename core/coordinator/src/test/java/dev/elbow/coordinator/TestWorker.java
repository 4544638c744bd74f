package dev.elbow.coordinator;

import dev.elbow.api.Evaluation;
import dev.elbow.api.Losses;
import dev.elbow.api.Trial;
import dev.elbow.api.TrialId;
import dev.elbow.api.TrialOutcome;
import dev.elbow.messaging.Control;
import dev.elbow.messaging.Delivery;
import dev.elbow.messaging.Event;
import dev.elbow.messaging.Heartbeat;
import dev.elbow.messaging.KafkaSettings;
import dev.elbow.messaging.Messaging;
import dev.elbow.messaging.MetricPoint;
import dev.elbow.messaging.QueuedTrial;
import dev.elbow.messaging.Subscription;
import dev.elbow.messaging.TrialQueueConsumer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * Speaks the protocol of a worker as the real one does, without training: what it does with a trial
 * is up to the test.
 */
final class TestWorker implements AutoCloseable {
  static final Duration HEARTBEAT = Duration.ofMillis(200);

  final String name;
  final List<Taken> taken = new CopyOnWriteArrayList<>();
  final List<Control> told = new CopyOnWriteArrayList<>();
  private final Vertx vertx;
  private final Messaging messaging;
  private final Path results;
  private final Heartbeat.Capabilities capabilities;
  private final int slots;
  private final Map<Integer, Taken> running = new java.util.concurrent.ConcurrentHashMap<>();
  private final List<TrialQueueConsumer> queues = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final Subscription control;
  private volatile boolean silent;
  private long sequence;

  /** What a test does with a trial; empty leaves it running for ever. */
  interface Behaviour extends Function<Taken, Optional<TrialOutcome>> {}

  /** A trial that a slot has started. */
  record Taken(Trial trial, int attempt, String execution, int slot) {
    String folder() {
      return "%s/.attempts/%s/%s".formatted(trial.id().sweep(), trial.id().folder(), execution);
    }
  }

  TestWorker(
      Vertx vertx,
      KafkaSettings kafka,
      Path results,
      int slots,
      List<String> plugins,
      Behaviour behaviour) {
    this(vertx, kafka, results, slots, plugins, List.of("fp32"), behaviour);
  }

  TestWorker(
      Vertx vertx,
      KafkaSettings kafka,
      Path results,
      int slots,
      List<String> plugins,
      List<String> precisions,
      Behaviour behaviour) {
    this.vertx = vertx;
    this.name = "worker-" + UUID.randomUUID().toString().substring(0, 8);
    this.messaging = Messaging.open(vertx, kafka);
    this.results = results;
    this.slots = slots;
    this.capabilities = new Heartbeat.Capabilities(plugins, precisions, "test");
    this.control = messaging.control().subscribe(this::hear);
    vertx.setPeriodic(1, HEARTBEAT.toMillis(), id -> beat(false));
    for (int slot = 0; slot < slots; slot++) {
      start(slot, behaviour);
    }
  }

  private void hear(Delivery<Control> delivery) {
    if (delivery instanceof Delivery.Message<Control> message) {
      told.add(message.value());
    }
  }

  private void start(int slot, Behaviour behaviour) {
    TrialQueueConsumer queue = messaging.slot(name + "-" + slot);
    queues.add(queue);
    Thread thread = new Thread(() -> work(slot, queue, behaviour), name + "-" + slot);
    threads.add(thread);
    thread.start();
  }

  private void work(int slot, TrialQueueConsumer queue, Behaviour behaviour) {
    try (queue) {
      while (!queue.stopped()) {
        if (running.containsKey(slot)) {
          // A slot that has a trial takes no other, as a worker's.
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        } else {
          queue.take(Duration.ofSeconds(1)).ifPresent(next -> take(slot, queue, next, behaviour));
        }
      }
    }
  }

  private void take(
      int slot, TrialQueueConsumer queue, Delivery<QueuedTrial> delivery, Behaviour behaviour) {
    QueuedTrial next = ((Delivery.Message<QueuedTrial>) delivery).value();
    String execution = UUID.randomUUID().toString();
    Taken now = new Taken(next.trial(), next.attempt(), execution, slot);
    say(new Event.Started(id(now), now.attempt(), execution, name, slot, Instant.now()));
    if (!queue.accept()) {
      return;
    }
    running.put(slot, now);
    beat(false);
    taken.add(now);
    behaviour.apply(now).ifPresent(outcome -> end(now, outcome));
  }

  private static TrialId id(Taken taken) {
    return taken.trial().id();
  }

  /** Ends a trial as a worker does: files first, then the event. */
  void end(Taken taken, TrialOutcome outcome) {
    Map<String, String> files = Map.of();
    if (outcome instanceof TrialOutcome.Completed) {
      writeFiles(taken);
      files = Map.of("trial.json", "0a", "vae.onnx", "0b");
    }
    running.remove(taken.slot());
    say(
        new Event.Ended(
            id(taken),
            taken.attempt(),
            taken.execution(),
            name,
            outcome,
            taken.folder(),
            files,
            Instant.now()));
    beat(false);
  }

  private void writeFiles(Taken taken) {
    try {
      Path folder = Files.createDirectories(results.resolve(taken.folder()));
      Files.writeString(folder.resolve("trial.json"), taken.execution());
      Files.writeString(folder.resolve("vae.onnx"), "model");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives a trial back, as a worker that shuts down does. */
  void handBack(Taken taken) {
    running.remove(taken.slot());
    say(new Event.HandedBack(id(taken), taken.attempt(), taken.execution(), name, Instant.now()));
  }

  /** Says that it cannot run a trial; to be called by a behaviour. */
  void decline(Taken taken, String reason) {
    running.remove(taken.slot());
    say(new Event.Declined(id(taken), taken.attempt(), name, reason, Instant.now()));
  }

  void measure(Taken taken, Evaluation evaluation) {
    await(
        messaging
            .metrics()
            .publish(new MetricPoint(id(taken), taken.attempt(), taken.execution(), evaluation)));
  }

  void say(Event event) {
    await(messaging.events().publish(event));
  }

  /** Puts a trial into the queue a second time, as a coordinator does that starts again. */
  void sendAgain(Taken taken) {
    await(messaging.trials().send(new QueuedTrial(taken.trial(), taken.attempt())));
  }

  private synchronized void beat(boolean leaving) {
    if (silent) {
      return;
    }
    List<Heartbeat.Execution> executions =
        running.values().stream().map(TestWorker::execution).toList();
    messaging
        .heartbeats()
        .publish(new Heartbeat(name, ++sequence, leaving, slots, capabilities, executions));
  }

  private static Heartbeat.Execution execution(Taken taken) {
    return new Heartbeat.Execution(
        taken.slot(),
        id(taken),
        taken.attempt(),
        taken.execution(),
        Heartbeat.Phase.TRAINING,
        1,
        10,
        100,
        OptionalDouble.of(120),
        5000);
  }

  /** Is not heard of any more, like a process that was killed or cut off. */
  void fallSilent() {
    silent = true;
    queues.forEach(TrialQueueConsumer::stop);
  }

  static TrialOutcome completed(double loss) {
    return new TrialOutcome.Completed(evaluation(loss), 2e-6, 1.5, 4000);
  }

  static Evaluation evaluation(double loss) {
    Losses losses = new Losses(loss - 20, 20);
    return new Evaluation(
        1, 10, loss, losses, Optional.of(losses), losses, List.of(1.0), List.of(0.5), 1, 4000);
  }

  static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() throws InterruptedException {
    silent = true;
    queues.forEach(TrialQueueConsumer::stop);
    for (Thread thread : threads) {
      thread.join(10_000);
    }
    await(control.close());
    await(messaging.close());
  }
}
