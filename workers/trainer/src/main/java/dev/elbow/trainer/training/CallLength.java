package dev.elbow.trainer.training;

import java.time.Duration;

/**
 * How many steps the next call of the engine makes: few enough that a trial can be stopped at any
 * moment and its memory stays small, many enough that a call costs nothing. It has no influence on
 * what is computed.
 */
final class CallLength {
  /** A trial is to stop within a second, and a call cannot be stopped. */
  private static final Duration LONGEST_CALL = Duration.ofMillis(250);

  private static final int GROWTH = 4;

  private final int limit;
  private int next = 1;

  /**
   * @param limit steps of a call at most
   */
  CallLength(int limit) {
    this.limit = limit;
  }

  /**
   * @param valuesPerStep numbers that are drawn for a step
   */
  static CallLength of(int stepsPerCall, long valuesPerStep) {
    long valuesPerCall = 1 << 22;
    long fitting = Math.max(1, valuesPerCall / Math.max(1, valuesPerStep));
    return new CallLength((int) Math.min(stepsPerCall, fitting));
  }

  int next() {
    return next;
  }

  /** A call of {@code steps} steps took {@code nanos}. */
  void took(int steps, long nanos) {
    long affordable = LONGEST_CALL.toNanos() * steps / Math.max(1, nanos);
    long grown = Math.min(affordable, (long) next * GROWTH);
    next = (int) Math.max(1, Math.min(limit, grown));
  }
}
