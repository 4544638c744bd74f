package dev.elbow.trainer;

import java.time.Duration;

/**
 * When a checkpoint is due: at the end of an epoch if the last one is not quite new, and inside an
 * epoch if it is old. Not soon after the process stood still: the trial may be another's by now,
 * whose newer checkpoint would be replaced. Times are of {@link System#nanoTime}. For one thread.
 */
final class CheckpointPace {
  private static final Duration NEW = Duration.ofSeconds(10);
  // A large model takes seconds to write: training keeps at least this many parts of the time.
  private static final int PARTS_OF_TRAINING = 20;
  // Steps take so long at most, and the word that a trial is lost comes within moments.
  private static final Duration STANDSTILL = Duration.ofSeconds(5);
  private static final Duration UNTIL_TOLD = Duration.ofSeconds(10);
  private static final int MUCH_LONGER = 4;

  private final long old;
  private long last;
  private long cost;
  private long seen;
  private long usual;
  private long heldUntil;

  /**
   * @param old how long training goes on inside an epoch without a checkpoint
   * @param now when training begins
   */
  CheckpointPace(Duration old, long now) {
    this.old = old.toNanos();
    this.last = now;
    this.seen = now;
    this.heldUntil = now;
  }

  /** To be asked after every few steps. */
  boolean isDueInEpoch(long now) {
    long rest = now - seen;
    if (rest > STANDSTILL.toNanos() && rest > MUCH_LONGER * usual) {
      heldUntil = now + UNTIL_TOLD.toNanos();
    }
    usual = rest;
    return isDue(now, old);
  }

  boolean isDueAtEpochEnd(long now) {
    return isDue(now, Math.min(NEW.toNanos(), old));
  }

  private boolean isDue(long now, long age) {
    seen = now;
    return now >= heldUntil && now - last > Math.max(age, PARTS_OF_TRAINING * cost);
  }

  /** One was written, or could not be. */
  void saved(long began, long ended) {
    last = ended;
    seen = ended;
    cost = ended - began;
  }
}
