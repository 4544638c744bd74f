package dev.elbow.acceptance.chaos;

import dev.elbow.api.TrialId;
import dev.elbow.api.TrialOutcome;
import dev.elbow.messaging.Delivery;
import dev.elbow.messaging.Event;
import dev.elbow.messaging.Heartbeat;
import dev.elbow.messaging.KafkaSettings;
import dev.elbow.messaging.Messaging;
import dev.elbow.messaging.MetricPoint;
import dev.elbow.messaging.QueuedTrial;
import dev.elbow.messaging.TrialQueueConsumer;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Speaks the protocol of a worker and trains nothing: its trials are evaluated so often, one after
 * the other, and are stopped when they have had their epochs. Thread-safe.
 */
final class MadeUpWorker implements AutoCloseable {
  private static final Duration HEARTBEAT = Duration.ofSeconds(2);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final String NAME = "made-up";
  private static final Heartbeat.Capabilities CAPABILITIES =
      new Heartbeat.Capabilities(
          List.of("dataset/idx", "encoder/dense", "decoder/dense", "objective/elbo"),
          List.of("fp32"),
          "none");

  private final Vertx vertx = Vertx.vertx();
  private final Messaging messaging;
  private final MadeUpTrials trials;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final Map<Integer, Taken> slots = new ConcurrentHashMap<>();
  private final List<TrialQueueConsumer> queues = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final int count;
  private long sequence;
  private int turn;

  /** A trial that a slot is at, after {@code epoch} of its epochs. */
  private record Taken(TrialId trial, int attempt, String execution, int slot, int epoch) {}

  private MadeUpWorker(String kafka, MadeUpTrials trials, int slots) {
    this.messaging = Messaging.open(vertx, KafkaSettings.at(kafka));
    this.trials = trials;
    this.count = slots;
  }

  /**
   * Takes trials from now on.
   *
   * @param evaluations a second, of all slots together
   */
  static MadeUpWorker start(String kafka, MadeUpTrials trials, int slots, int evaluations) {
    MadeUpWorker worker = new MadeUpWorker(kafka, trials, slots);
    worker.clock.scheduleAtFixedRate(worker::beat, 0, HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
    worker.clock.scheduleAtFixedRate(
        worker::evaluate, 0, TimeUnit.SECONDS.toMicros(1) / evaluations, TimeUnit.MICROSECONDS);
    for (int slot = 0; slot < slots; slot++) {
      worker.open(slot);
    }
    return worker;
  }

  private void open(int slot) {
    TrialQueueConsumer queue = messaging.slot(NAME + "-" + slot);
    Thread thread = new Thread(() -> work(slot, queue), NAME + "-" + slot);
    queues.add(queue);
    threads.add(thread);
    thread.start();
  }

  private void work(int slot, TrialQueueConsumer queue) {
    try (queue) {
      while (!queue.stopped()) {
        if (slots.containsKey(slot)) {
          LockSupport.parkNanos(PAUSE_NANOS);
        } else {
          queue.take(Duration.ofSeconds(1)).ifPresent(next -> take(slot, queue, next));
        }
      }
    }
  }

  private void take(int slot, TrialQueueConsumer queue, Delivery<QueuedTrial> delivery) {
    QueuedTrial next = ((Delivery.Message<QueuedTrial>) delivery).value();
    TrialId trial = next.trial().id();
    String execution = "%s-%d-%d".formatted(NAME, trial.number(), next.attempt());
    say(new Event.Started(trial, next.attempt(), execution, NAME, slot, Instant.now()));
    if (queue.accept()) {
      slots.put(slot, new Taken(trial, next.attempt(), execution, slot, 0));
    }
  }

  private void evaluate() {
    Taken before = slots.get(turn++ % count);
    if (before == null) {
      return;
    }
    int epoch = before.epoch() + 1;
    Taken now =
        new Taken(before.trial(), before.attempt(), before.execution(), before.slot(), epoch);
    slots.put(now.slot(), now);
    messaging
        .metrics()
        .publish(
            new MetricPoint(
                now.trial(), now.attempt(), now.execution(), trials.after(now.trial(), epoch)));
    if (epoch == MadeUpTrials.EPOCHS) {
      end(now);
    }
  }

  private void end(Taken now) {
    slots.remove(now.slot());
    TrialOutcome stopped =
        new TrialOutcome.Stopped(
            Optional.of(trials.after(now.trial(), now.epoch())), "it is made up", 2.5);
    say(
        new Event.Ended(
            now.trial(),
            now.attempt(),
            now.execution(),
            NAME,
            stopped,
            now.trial() + "/" + now.execution(),
            Map.of(),
            Instant.now()));
  }

  private void say(Event event) {
    messaging.events().publish(event).toCompletionStage().toCompletableFuture().join();
  }

  private void beat() {
    List<Heartbeat.Execution> executions =
        slots.values().stream().map(MadeUpWorker::execution).toList();
    messaging
        .heartbeats()
        .publish(new Heartbeat(NAME, ++sequence, false, count, CAPABILITIES, executions));
  }

  private static Heartbeat.Execution execution(Taken taken) {
    return new Heartbeat.Execution(
        taken.slot(),
        taken.trial(),
        taken.attempt(),
        taken.execution(),
        Heartbeat.Phase.TRAINING,
        taken.epoch() + 1,
        taken.epoch() * 8L,
        MadeUpTrials.EPOCHS * 8L,
        OptionalDouble.of(100),
        12_000);
  }

  @Override
  public void close() throws Exception {
    clock.shutdownNow();
    queues.forEach(TrialQueueConsumer::stop);
    for (Thread thread : threads) {
      thread.join();
    }
    messaging.close().toCompletionStage().toCompletableFuture().get(15, TimeUnit.SECONDS);
    vertx.close().toCompletionStage().toCompletableFuture().get(15, TimeUnit.SECONDS);
  }
}
