package dev.elbow.coordinator;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How far a reader is behind the end of the log, as a time of its own clock: the end is asked for
 * again and again, and the lag is the age of the last question whose answer was read up to. So it
 * grows while events are read too slowly, and also while Kafka does not answer. Told by one thread,
 * asked by any; times are of {@link System#nanoTime}.
 */
final class EventLag {
  /** Half an hour of questions; behind by more, the lag is told too large and not too small. */
  private static final int MOST = 1000;

  private final Deque<End> ahead = new ArrayDeque<>();
  private long next;
  private volatile long level;

  /** The log ended before {@code offset} when it was asked for, or a moment later. */
  private record End(long offset, long asked) {}

  EventLag(long nanos) {
    level = nanos;
  }

  /** An answer: what the next event's offset would be, and when that was asked. */
  void end(long offset, long asked) {
    if (ahead.size() < MOST) {
      ahead.add(new End(offset, asked));
    }
    settle();
  }

  /** Everything up to {@code offset} was read. */
  void read(long offset) {
    next = offset + 1;
    settle();
  }

  private void settle() {
    while (!ahead.isEmpty() && ahead.peek().offset() <= next) {
      level = ahead.poll().asked();
    }
  }

  /** The lag; as much as the time between two questions where nothing is amiss. */
  double seconds(long nanos) {
    return Math.max(0, nanos - level) / 1e9;
  }
}
