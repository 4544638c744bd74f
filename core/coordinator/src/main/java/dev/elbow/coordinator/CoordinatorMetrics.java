package dev.elbow.coordinator;

import dev.elbow.api.FailureKind;
import dev.elbow.api.TrialId;
import dev.elbow.api.TrialOutcome;
import dev.elbow.coordinator.ledger.LoggedTrial;
import dev.elbow.coordinator.ledger.LoggedTrial.Step;
import dev.elbow.coordinator.ledger.TrialState;
import dev.elbow.messaging.Event;
import dev.elbow.messaging.Event.Committed;
import dev.elbow.messaging.Event.Queued;
import dev.elbow.messaging.Event.Started;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The figures of a coordinator, for Prometheus. Only the active one has any to tell, so that sums
 * over all coordinators are right. Told on the event loop, read by any thread; times are of {@link
 * System#nanoTime}.
 */
final class CoordinatorMetrics {
  private static final Duration[] WAITS = {
    Duration.ofMillis(10),
    Duration.ofMillis(100),
    Duration.ofSeconds(1),
    Duration.ofSeconds(10),
    Duration.ofMinutes(1),
    Duration.ofMinutes(10),
    Duration.ofHours(1),
    Duration.ofHours(6)
  };

  private final MeterRegistry registry;
  private final Views views;
  private final Counter events;
  private final Timer waits;
  private final List<Meter> gauges = new ArrayList<>();
  private final Map<TrialId, Long> queued = new HashMap<>();
  private volatile double oldestSeconds;
  private volatile int workers;

  CoordinatorMetrics(MeterRegistry registry, Views views, EventLag lag) {
    this.registry = registry;
    this.views = views;
    events =
        Counter.builder("elbow.events")
            .description("Events of the log that the active coordinator has read")
            .register(registry);
    waits =
        Timer.builder("elbow.queue.wait")
            .description("Time from the decision to queue a trial to its start")
            .serviceLevelObjectives(WAITS)
            .register(registry);
    Gauge.builder("elbow.event.lag", () -> lag.seconds(System.nanoTime()))
        .baseUnit("seconds")
        .description("How far this coordinator, active or not, is behind the end of the event log")
        .register(registry);
    // So that they begin at 0 and not with the first that happens.
    Stream.of(TrialState.values()).filter(TrialState::ended).forEach(this::ended);
    Stream.of(FailureKind.values()).filter(FailureKind::retried).forEach(this::retries);
    Stream.of(FailureKind.values()).forEach(this::failed);
  }

  private Counter ended(TrialState outcome) {
    return Counter.builder("elbow.trials.ended")
        .tag("outcome", outcome.word())
        .description("Trials that are over, with their files in their place")
        .register(registry);
  }

  private Counter failed(FailureKind kind) {
    return Counter.builder("elbow.trials.failed")
        .tag("kind", kind.name().toLowerCase(Locale.ROOT))
        .description("Trials that ended as failed, by what was wrong")
        .register(registry);
  }

  private Counter retries(FailureKind reason) {
    return Counter.builder("elbow.trial.retries")
        .tag("reason", reason.name().toLowerCase(Locale.ROOT))
        .description("Trials that were queued again because an attempt was lost")
        .register(registry);
  }

  /** This coordinator decides from now on. */
  void begin() {
    for (TrialState state : TrialState.values()) {
      gauges.add(
          Gauge.builder("elbow.trials", () -> views.count(state))
              .tag("state", state.word())
              .description("Trials of all sweeps")
              .register(registry));
    }
    gauges.add(
        Gauge.builder("elbow.workers", () -> workers)
            .description("Workers that are heard and take trials")
            .register(registry));
    gauges.add(
        Gauge.builder("elbow.oldest.queued.trial.age", () -> oldestSeconds)
            .baseUnit("seconds")
            .description("How long the oldest trial in the queue has waited there")
            .register(registry));
  }

  /** It decides nothing more. */
  void end() {
    gauges.forEach(registry::remove);
    gauges.clear();
    queued.clear();
  }

  /** An event was read. */
  void read() {
    events.increment();
  }

  /** An event of a trial was read and has changed it. */
  void changed(Event event, LoggedTrial before, LoggedTrial after, long nanos) {
    if (event instanceof Committed) {
      committed(after);
    } else if (event instanceof Queued decision && decision.reason().isPresent()) {
      retries(kind(before)).increment();
    }
    seen(event, after, nanos);
  }

  private void committed(LoggedTrial trial) {
    ended(trial.state()).increment();
    if (trial.state() == TrialState.FAILED) {
      failed(kind(trial)).increment();
    }
  }

  // An attempt either has ended with a failure or was not heard of any more.
  private static FailureKind kind(LoggedTrial trial) {
    return trial
        .end()
        .map(LoggedTrial.End::outcome)
        .filter(TrialOutcome.Failed.class::isInstance)
        .map(outcome -> ((TrialOutcome.Failed) outcome).kind())
        .orElse(FailureKind.WORKER_LOST);
  }

  /** A trial stands so after an event of its own or a command about its sweep. */
  void seen(Event event, LoggedTrial trial, long nanos) {
    if (trial.step() == Step.QUEUED) {
      queued.putIfAbsent(trial.id(), nanos);
      return;
    }
    Long since = queued.remove(trial.id());
    if (since != null && event instanceof Started) {
      waits.record(Duration.ofNanos(nanos - since));
    }
  }

  /** A sweep was deleted. */
  void forget(String sweep) {
    queued.keySet().removeIf(trial -> trial.sweep().equals(sweep));
  }

  /** A trial was queued before this coordinator led; how long before, it does not know. */
  void inherit(TrialId trial, long nanos) {
    queued.put(trial, nanos);
  }

  /** Somebody gave trials up. */
  void cancelled(int trials) {
    ended(TrialState.CANCELLED).increment(Math.max(0, trials));
  }

  /** Time has passed, and so many workers take trials. */
  void tick(int takers, long nanos) {
    workers = takers;
    oldestSeconds = queued.isEmpty() ? 0 : (nanos - Collections.min(queued.values())) / 1e9;
  }
}
