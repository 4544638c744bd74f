package dev.elbow.coordinator;

import dev.elbow.messaging.Heartbeat;
import java.time.Duration;

/**
 * A worker that is alive.
 *
 * @param heartbeat what it last said of itself
 * @param silence how long ago that was
 * @param known how long ago this coordinator first heard of it
 */
public record WorkerView(Heartbeat heartbeat, Duration silence, Duration known) {}
