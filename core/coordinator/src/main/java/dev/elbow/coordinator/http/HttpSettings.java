package dev.elbow.coordinator.http;

import static java.util.Objects.requireNonNull;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/**
 * What an HTTP port is told.
 *
 * @param listening where, and who may ask
 * @param metrics what {@code /metrics} shows; not closed
 * @param limits what a client may take
 */
public record HttpSettings(
    Listening listening, PrometheusMeterRegistry metrics, HttpLimits limits) {
  public HttpSettings {
    requireNonNull(listening, "listening is null");
    requireNonNull(metrics, "metrics is null");
    requireNonNull(limits, "limits is null");
  }

  /** At 127.0.0.1, with the usual limits. */
  public static HttpSettings on(int port, PrometheusMeterRegistry metrics) {
    return new HttpSettings(Listening.locally(port), metrics, HttpLimits.USUAL);
  }
}
