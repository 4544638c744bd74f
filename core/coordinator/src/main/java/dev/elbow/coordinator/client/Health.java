package dev.elbow.coordinator.client;

/**
 * Answer to {@code GET /health/live} and {@code /health/ready} where all is well.
 *
 * @param status {@code live} or {@code ready}
 */
public record Health(String status) {}
