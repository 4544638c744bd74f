package dev.elbow.coordinator.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSettingsTest {
  private static final PrometheusMeterRegistry METRICS =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  private static HttpSettings at(String bind, int port) {
    return new HttpSettings(bind, port, Set.of(), METRICS, HttpLimits.USUAL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "::1", "localhost"})
  void listensAtTheLoopbackNetwork(String bind) {
    assertEquals(bind, at(bind, 8080).bind());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
  void listensNowhereElseWhileNobodyChecksWhoAsks(String bind) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> at(bind, 8080));
    assertEquals(
        "bind: found '%s', expected a loopback address such as 127.0.0.1 or localhost"
            .formatted(bind),
        e.getMessage());
  }

  @Test
  void refusesAPortThatIsNone() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> at("127.0.0.1", 70_000));
    assertEquals("port: 70000 is out of range, expected 0 to 65535", e.getMessage());
  }
}
