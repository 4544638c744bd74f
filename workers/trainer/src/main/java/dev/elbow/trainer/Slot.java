package dev.elbow.trainer;

import dev.elbow.api.FailureKind;
import dev.elbow.api.TrialId;
import dev.elbow.api.TrialOutcome;
import dev.elbow.messaging.Delivery;
import dev.elbow.messaging.Event;
import dev.elbow.messaging.QueuedTrial;
import dev.elbow.messaging.TrialQueueConsumer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Takes one trial after the other and trains it, on a thread of its own. */
final class Slot {
  private static final Logger LOG = LoggerFactory.getLogger(Slot.class);
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration BEFORE_RECONNECT = Duration.ofSeconds(1);
  private static final Duration SHORTEST_REST = Duration.ofSeconds(1);
  private static final Duration LONGEST_REST = Duration.ofMinutes(1);
  private static final int UNKNOWN_ATTEMPT = 0;
  private static final String UNREADABLE = "its record cannot be read: %s";

  private final String worker;
  private final int number;
  private final Workshop workshop;
  private final RunningTrials trials;
  private final Heartbeats heartbeats;
  private final Supplier<TrialQueueConsumer> queue;
  private final Thread thread;
  private final CountDownLatch closing = new CountDownLatch(1);
  private Duration rest = Duration.ZERO;
  private volatile Optional<TrialQueueConsumer> open = Optional.empty();

  /**
   * @param queue connects to the queue
   */
  Slot(
      String worker,
      int number,
      Workshop workshop,
      RunningTrials trials,
      Heartbeats heartbeats,
      Supplier<TrialQueueConsumer> queue) {
    this.worker = worker;
    this.number = number;
    this.workshop = workshop;
    this.trials = trials;
    this.heartbeats = heartbeats;
    this.queue = queue;
    this.thread = new Thread(this::work, "elbow-slot-" + number);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Takes no more trials; the one that runs ends as it was told to. */
  void stopTaking() {
    closing.countDown();
    open.ifPresent(TrialQueueConsumer::stop);
  }

  /** Waits for the thread's end; false if it has not ended by then. */
  boolean join(Duration patience) throws InterruptedException {
    thread.join(Math.max(1, patience.toMillis()));
    return !thread.isAlive();
  }

  private void work() {
    MDC.put("worker", worker);
    try {
      while (!isClosing()) {
        workUntilDisconnected();
      }
    } catch (InterruptedException e) {
      LOG.warn("slot {} was interrupted", number);
    }
  }

  private void workUntilDisconnected() throws InterruptedException {
    try (TrialQueueConsumer consumer = queue.get()) {
      open = Optional.of(consumer);
      boolean isConnected = true;
      while (isConnected && !isClosing()) {
        Optional<Delivery<QueuedTrial>> taken = consumer.take(PATIENCE);
        isConnected = taken.isEmpty() || handle(taken.get(), consumer);
        closing.await(rest.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (KafkaException e) {
      LOG.warn("slot {} cannot take trials now, trying again", number, e);
      closing.await(BEFORE_RECONNECT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      LOG.error("slot {} failed between two trials, going on", number, e);
      closing.await(BEFORE_RECONNECT.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      open = Optional.empty();
    }
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  /**
   * @return false if the consumer still holds the trial and must be closed, so that another slot
   *     gets it
   */
  private boolean handle(Delivery<QueuedTrial> taken, TrialQueueConsumer consumer)
      throws InterruptedException {
    if (taken instanceof Delivery.Message<QueuedTrial> message) {
      return handle(message.value(), consumer);
    }
    return decline((Delivery.Unreadable<QueuedTrial>) taken, consumer);
  }

  private boolean decline(Delivery.Unreadable<QueuedTrial> record, TrialQueueConsumer consumer)
      throws InterruptedException {
    try {
      TrialId trial = TrialId.parse(record.key());
      return decline(trial, UNKNOWN_ATTEMPT, UNREADABLE.formatted(record.reason()), consumer);
    } catch (IllegalArgumentException e) {
      LOG.error("record {} of the queue is nobody's: {}", record.offset(), record.reason());
      consumer.accept();
      return true;
    }
  }

  private boolean handle(QueuedTrial queued, TrialQueueConsumer consumer)
      throws InterruptedException {
    List<String> missing = workshop.parts().missing(queued.trial());
    if (!missing.isEmpty()) {
      String reason = "this worker lacks " + String.join("; ", missing);
      return decline(queued.trial().id(), queued.attempt(), reason, consumer);
    }
    RunningTrial running = new RunningTrial(number, queued);
    label(running);
    trials.add(running);
    heartbeats.now();
    try {
      return begin(running, consumer);
    } finally {
      trials.remove(running);
      workshop.afterwards().accept(running.id());
      heartbeats.now();
      unlabel();
    }
  }

  private boolean decline(TrialId trial, int attempt, String reason, TrialQueueConsumer consumer)
      throws InterruptedException {
    LOG.warn("{} declined: {}", trial, reason);
    boolean isTold =
        workshop.reports().tell(new Event.Declined(trial, attempt, worker, reason, Instant.now()));
    if (isTold && !consumer.accept()) {
      LOG.info("{} went to another slot meanwhile", trial);
    }
    return isTold;
  }

  private boolean begin(RunningTrial running, TrialQueueConsumer consumer)
      throws InterruptedException {
    Event.Started started =
        new Event.Started(
            running.id(),
            running.attempt(),
            running.execution(),
            worker,
            running.slot(),
            Instant.now());
    if (!workshop.reports().tell(started)) {
      return false;
    }
    if (consumer.accept()) {
      LOG.info("{} started, attempt {}", running.id(), running.attempt());
      tell(running, new TrialRun(workshop, running).run());
    } else {
      LOG.info("{} went to another slot before this one could start it", running.id());
      // Its Started may be the latest, and then the other one has lost the trial by it.
      handBack(running);
    }
    return true;
  }

  private void tell(RunningTrial running, TrialRun.End end) throws InterruptedException {
    if (end instanceof TrialRun.End.Over over) {
      LOG.info("{} ended: {}", running.id(), over.outcome().getClass().getSimpleName());
      workshop.reports().tellUntilHeard(ended(running, over));
      rest = restAfter(over.outcome());
    } else if (end instanceof TrialRun.End.Declined declined) {
      LOG.warn("{} declined: {}", running.id(), declined.reason());
      workshop.reports().tellUntilHeard(declined(running, declined.reason()));
    } else if (end instanceof TrialRun.End.Interrupted interrupted) {
      LOG.info("{} ended: {}", running.id(), interrupted.reason().getClass().getSimpleName());
      if (interrupted.reason() instanceof Interruption.HandedBack) {
        handBack(running);
      }
    }
  }

  private Event.Ended ended(RunningTrial running, TrialRun.End.Over over) {
    return new Event.Ended(
        running.id(),
        running.attempt(),
        running.execution(),
        worker,
        over.outcome(),
        TrialFolders.told(running.id(), running.execution()),
        over.files(),
        Instant.now());
  }

  private Event.Declined declined(RunningTrial running, String reason) {
    return new Event.Declined(running.id(), running.attempt(), worker, reason, Instant.now());
  }

  private void handBack(RunningTrial running) throws InterruptedException {
    workshop.reports().tell(running.handedBack(worker));
  }

  // A disk that is full fails every trial at once, and others may have room: so this slot takes its
  // next one later, each time later, while the trial is tried elsewhere or here after the rest.
  private Duration restAfter(TrialOutcome outcome) {
    boolean isOurs =
        outcome instanceof TrialOutcome.Failed failed
            && failed.kind() == FailureKind.INFRASTRUCTURE;
    if (!isOurs) {
      return Duration.ZERO;
    }
    Duration next = rest.isZero() ? SHORTEST_REST : min(rest.multipliedBy(2), LONGEST_REST);
    LOG.warn("slot {} takes its next trial in {} s", number, next.toSeconds());
    return next;
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static void label(RunningTrial running) {
    MDC.put("sweep", running.id().sweep());
    MDC.put("trial", running.id().folder());
    MDC.put("attempt", String.valueOf(running.attempt()));
    MDC.put("execution", running.execution());
  }

  private static void unlabel() {
    List.of("sweep", "trial", "attempt", "execution").forEach(MDC::remove);
  }
}
