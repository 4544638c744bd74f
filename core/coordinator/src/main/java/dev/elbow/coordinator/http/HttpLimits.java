package dev.elbow.coordinator.http;

import java.time.Duration;

/**
 * What clients may take, so that no client takes everything.
 *
 * @param connections how many may be open at once; further ones are closed at once
 * @param idle how long a connection may stay open without a request
 * @param request how long a client may take to send a request, and to take what was written to it
 * @param heartbeat how often a live stream says that it is alive
 * @param backlogBytes how much of the live stream is kept for readers that are behind
 */
public record HttpLimits(
    int connections, Duration idle, Duration request, Duration heartbeat, int backlogBytes) {
  /** A thousand connections, half a minute to speak, four megabytes of live stream. */
  public static final HttpLimits USUAL =
      new HttpLimits(
          1000, Duration.ofMinutes(2), Duration.ofSeconds(30), Duration.ofSeconds(10), 4 << 20);

  /** Larger than any sweep file that is read. */
  static final int LARGEST_BODY_BYTES = 1 << 20;

  static final int LONGEST_LINE_BYTES = 8 << 10;
  static final int LARGEST_HEADERS_BYTES = 16 << 10;

  public HttpLimits {
    if (connections < 1 || backlogBytes < 1) {
      throw new IllegalArgumentException(
          "limits must be at least 1, got (connections=%d, backlogBytes=%d)"
              .formatted(connections, backlogBytes));
    }
  }
}
