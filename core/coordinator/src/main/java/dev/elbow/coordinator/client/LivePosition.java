package dev.elbow.coordinator.client;

/**
 * The first word of a live stream: data of {@code open} and {@code reset}.
 *
 * @param position from which a stream goes on that asks for what comes {@code after} it
 * @param reason for people, why a stream could not continue where it was asked to; empty text for
 *     {@code open}
 */
public record LivePosition(String position, String reason) {}
