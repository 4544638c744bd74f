package dev.elbow.coordinator;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * When each execution was last heard of. Silence counts only while the coordinator itself hears: it
 * sends heartbeats of its own, and when they stay out everyone gets a fresh lease. For one thread;
 * times are of {@link System#nanoTime}.
 */
final class Leases {
  /** How many of the coordinator's own heartbeats may stay out. */
  private static final int MOST_MISSING = 3;

  private final Duration heartbeat;
  private final Duration lease;
  private final Map<String, Long> heard = new HashMap<>();
  private long echo;

  Leases(Duration heartbeat, Duration lease, long nanos) {
    this.heartbeat = heartbeat;
    this.lease = lease;
    this.echo = nanos;
  }

  void heard(String execution, long nanos) {
    heard.put(execution, nanos);
  }

  void forget(String execution) {
    heard.remove(execution);
  }

  /** Every lease begins when it is asked for next. */
  void forgetAll() {
    heard.clear();
  }

  /** The coordinator's own heartbeat came back through Kafka. */
  void echoed(long nanos) {
    if (!hears(nanos)) {
      heard.replaceAll((execution, before) -> nanos);
    }
    echo = nanos;
  }

  /** Whether the coordinator's own heartbeats have come back lately. */
  boolean hears(long nanos) {
    return nanos - echo <= heartbeat.multipliedBy(MOST_MISSING).toNanos();
  }

  /** Whether an execution was silent for longer than its lease; one never heard of begins now. */
  boolean expired(String execution, long nanos) {
    long last = heard.computeIfAbsent(execution, fresh -> nanos);
    return hears(nanos) && nanos - last > lease.toNanos();
  }
}
