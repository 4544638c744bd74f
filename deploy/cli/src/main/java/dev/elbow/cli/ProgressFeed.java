package dev.elbow.cli;

import dev.elbow.api.Trial;
import dev.elbow.api.TrialId;
import dev.elbow.coordinator.Observer;
import dev.elbow.coordinator.SweepView;
import dev.elbow.coordinator.TrialView;
import dev.elbow.coordinator.ledger.TrialState;
import dev.elbow.messaging.MetricPoint;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Tells a {@link Progress} what the coordinator says of one sweep, on a thread of its own, so that
 * a terminal that stands still stops nothing else.
 */
final class ProgressFeed implements Observer, AutoCloseable {
  private static final Duration TICK = Duration.ofMillis(200);
  // A worker needs a moment to announce itself; a note about that would worry without reason.
  private static final int PATIENCE_TICKS = 50;

  private final String sweep;
  private final Progress progress;
  private final Map<TrialId, TrialView> told = new HashMap<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(ProgressFeed::daemon);
  private Optional<String> waiting = Optional.empty();
  private int waitingTicks;

  ProgressFeed(String sweep, Progress progress) {
    this.sweep = sweep;
    this.progress = progress;
    thread.scheduleAtFixedRate(this::tick, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "progress");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void changed(SweepView view) {
    if (view.sweep().equals(sweep)) {
      later(() -> tell(view));
    }
  }

  @Override
  public void changed(TrialView trial) {
    if (trial.id().sweep().equals(sweep)) {
      later(() -> tell(trial));
    }
  }

  @Override
  public void measured(MetricPoint point, Trial trial) {
    if (point.trial().sweep().equals(sweep)) {
      later(() -> progress.evaluated(point.trial(), point.evaluation()));
    }
  }

  private void later(Runnable work) {
    try {
      thread.execute(work);
    } catch (RejectedExecutionException e) {
      // Closed: nobody looks any more.
    }
  }

  private void tell(SweepView view) {
    if (!view.waiting().equals(waiting)) {
      waitingTicks = 0;
    }
    waiting = view.waiting();
    progress.changed(view);
  }

  private void tell(TrialView trial) {
    TrialView before = told.put(trial.id(), trial);
    boolean same =
        before != null && before.state() == trial.state() && before.attempts() == trial.attempts();
    if (same) {
      return;
    }
    if (trial.state() == TrialState.RUNNING) {
      progress.started(trial.id(), trial.attempts());
    } else if (trial.state().ended()) {
      progress.ended(trial);
    } else if (trial.attempts() > 1) {
      progress.note("trial %s is queued again".formatted(trial.id().folder()));
    }
  }

  private void tick() {
    if (waiting.isPresent() && waitingTicks++ == PATIENCE_TICKS) {
      progress.note("Trials wait: " + waiting.get());
    }
    progress.tick();
  }

  /** Tells what is still to be told, and nothing from then on. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      thread.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
