package dev.elbow.messaging;

import dev.elbow.api.Trial;

/**
 * A trial on its way to a slot.
 *
 * @param attempt as the log's {@code Queued} says
 */
public record QueuedTrial(Trial trial, int attempt) {}
