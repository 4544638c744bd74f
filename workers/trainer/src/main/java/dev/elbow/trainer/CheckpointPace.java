package dev.elbow.trainer;

import java.time.Duration;

/**
 * When a checkpoint is due: at the end of an epoch if the last one is not quite new, and inside an
 * epoch if it is old. Times are of {@link System#nanoTime}. For one thread.
 */
final class CheckpointPace {
  private static final Duration NEW = Duration.ofSeconds(10);
  // A large model takes seconds to write: training keeps at least this many parts of the time.
  private static final int PARTS_OF_TRAINING = 20;

  private final long old;
  private long last;
  private long cost;

  /**
   * @param old how long training goes on inside an epoch without a checkpoint
   * @param now when training begins
   */
  CheckpointPace(Duration old, long now) {
    this.old = old.toNanos();
    this.last = now;
  }

  boolean isDueAtEpochEnd(long now) {
    return now - last > Math.max(Math.min(NEW.toNanos(), old), PARTS_OF_TRAINING * cost);
  }

  boolean isDueInEpoch(long now) {
    return now - last > Math.max(old, PARTS_OF_TRAINING * cost);
  }

  /** One was written, or could not be. */
  void saved(long began, long ended) {
    last = ended;
    cost = ended - began;
  }
}
