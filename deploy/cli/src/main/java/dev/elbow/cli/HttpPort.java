package dev.elbow.cli;

import dev.elbow.coordinator.Coordinator;
import dev.elbow.coordinator.http.HttpApi;
import dev.elbow.coordinator.http.HttpLimits;
import dev.elbow.coordinator.http.HttpSettings;
import dev.elbow.coordinator.http.Listening;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.util.LinkedHashMap;
import java.util.Map;

/** The port at which a coordinator of this process is asked. */
final class HttpPort implements AutoCloseable {
  private final HttpApi api;
  private final Listening listening;

  private HttpPort(HttpApi api, Listening listening) {
    this.api = api;
    this.listening = listening;
  }

  /**
   * Listens.
   *
   * @param metrics of this process, shown there
   * @throws CommandException if it is taken
   */
  static HttpPort open(
      Vertx vertx, Coordinator coordinator, Listening listening, PrometheusMeterRegistry metrics)
      throws Exception {
    HttpSettings settings = new HttpSettings(listening, metrics, HttpLimits.USUAL);
    return Service.start(
        "HTTP port %d".formatted(listening.port()),
        () ->
            new HttpPort(
                LocalSystem.await(HttpApi.start(vertx, coordinator, settings)), listening));
  }

  /** Where it is found. */
  String url() {
    return listening.url(api.port());
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
