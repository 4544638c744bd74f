package dev.elbow.coordinator.http;

import static java.util.Objects.requireNonNull;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;

/**
 * What the HTTP port is told.
 *
 * @param bind the address that is listened at, of the loopback network: there is no check yet of
 *     who asks
 * @param port that is listened at; 0 for a free one
 * @param names further host names by which people reach it, through a proxy say; requests that name
 *     another host are refused, because they come from a page that was told a false address
 * @param metrics what {@code /metrics} shows; not closed
 * @param limits what a client may take
 */
public record HttpSettings(
    String bind, int port, Set<String> names, PrometheusMeterRegistry metrics, HttpLimits limits) {
  /**
   * @throws IllegalArgumentException if the address is no loopback address or the port none
   */
  public HttpSettings {
    requireNonNull(metrics, "metrics is null");
    names = Set.copyOf(names);
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(
          "port: %d is out of range, expected 0 to 65535".formatted(port));
    }
    if (!loopback(bind)) {
      throw new IllegalArgumentException(
          "bind: found '%s', expected a loopback address such as 127.0.0.1 or localhost"
              .formatted(bind));
    }
  }

  /** At 127.0.0.1, with the usual limits. */
  public static HttpSettings on(int port, PrometheusMeterRegistry metrics) {
    return new HttpSettings("127.0.0.1", port, Set.of(), metrics, HttpLimits.USUAL);
  }

  private static boolean loopback(String bind) {
    try {
      return InetAddress.getByName(bind).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
