package dev.elbow.cli;

import dev.elbow.coordinator.Coordinator;
import dev.elbow.coordinator.http.HttpApi;
import dev.elbow.coordinator.http.HttpSettings;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.util.LinkedHashMap;
import java.util.Map;

/** The port at which a coordinator of this process is asked. */
final class HttpPort implements AutoCloseable {
  private final HttpApi api;

  private HttpPort(HttpApi api) {
    this.api = api;
  }

  /**
   * Listens at 127.0.0.1.
   *
   * @param port 0 for a free one
   * @param metrics of this process, shown there
   * @throws CommandException if it is taken
   */
  static HttpPort open(
      Vertx vertx, Coordinator coordinator, int port, PrometheusMeterRegistry metrics)
      throws Exception {
    HttpSettings settings = HttpSettings.on(port, metrics);
    return Service.start(
        "HTTP port %d".formatted(port),
        () -> new HttpPort(LocalSystem.await(HttpApi.start(vertx, coordinator, settings))));
  }

  /** Where it is found. */
  String url() {
    return "http://127.0.0.1:" + api.port();
  }

  /** The same for programs. */
  Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("event", "serving");
    facts.put("url", url());
    return facts;
  }

  @Override
  public void close() {
    LocalSystem.await(api.close());
  }
}
