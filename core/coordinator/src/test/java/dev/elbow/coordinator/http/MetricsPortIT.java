package dev.elbow.coordinator.http;

import static dev.elbow.coordinator.TestSystem.done;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MetricsPortIT {
  private static final Optional<Tokens> TOKENS =
      Optional.of(Tokens.parse("read: reads-0123456789"));

  private final Vertx vertx = Vertx.vertx();
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final AtomicBoolean ready = new AtomicBoolean();

  @AfterEach
  void close() {
    done(vertx.close());
  }

  private int listen(int port, Optional<Tokens> tokens, String... bind) {
    Listening listening = new Listening(List.of(bind), port, List.of(), tokens, Optional.empty());
    HttpSettings settings = new HttpSettings(listening, metrics, HttpLimits.USUAL);
    return done(MetricsPort.start(vertx, settings, ready::get)).port();
  }

  private static int status(Wire wire, String line, String headers) throws IOException {
    String text = "%s HTTP/1.1\r\nHost: localhost\r\n%s\r\n".formatted(line, headers);
    return wire.say(text).status();
  }

  private static int status(int port, String line, String headers) throws IOException {
    try (Wire wire = new Wire(port)) {
      return status(wire, line, headers);
    }
  }

  @Test
  void showsFiguresToThoseWhoShowATokenAndItsHealthToEverybody() throws IOException {
    int port = listen(0, TOKENS, "127.0.0.1");
    String token = "Authorization: Bearer reads-0123456789\r\n";
    assertEquals(401, status(port, "GET /metrics", ""));
    assertEquals(200, status(port, "GET /metrics", token));
    assertEquals(200, status(port, "GET /health/live", ""));
    assertEquals(503, status(port, "GET /health/ready", ""));
    ready.set(true);
    assertEquals(200, status(port, "GET /health/ready", ""));
    assertEquals(404, status(port, "GET /api/sweeps", token));
    assertEquals(403, status(port, "POST /metrics", token));
    try (Wire wire = new Wire(port)) {
      wire.say("GET /metrics HTTP/1.1\r\nHost: evil.example\r\n%s\r\n".formatted(token));
      assertEquals(421, wire.status());
    }
  }

  @Test
  void listensAtEachAddressAndAtOnePort() throws IOException {
    int port = listen(0, Optional.empty(), "127.0.0.1", "127.0.0.2");
    try (Wire first = new Wire("127.0.0.1", port);
        Wire second = new Wire("127.0.0.2", port)) {
      assertEquals(200, status(first, "GET /metrics", ""));
      assertEquals(200, status(second, "GET /metrics", ""));
    }
  }

  @Test
  void listensNowhereWhereOneOfItsAddressesIsTaken() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.2"))) {
      int port = other.getLocalPort();
      CompletionException e =
          assertThrows(
              CompletionException.class,
              () -> listen(port, Optional.empty(), "127.0.0.1", "127.0.0.2"));
      assertTrue(e.getCause() instanceof BindException, e::toString);
      assertThrows(IOException.class, () -> new Wire(port));
    }
  }
}
