package dev.elbow.coordinator.http;

import static dev.elbow.coordinator.TestSystem.done;

import dev.elbow.broker.Broker;
import dev.elbow.broker.BrokerSettings;
import dev.elbow.catalog.Catalog;
import dev.elbow.coordinator.TestSystem;
import dev.elbow.coordinator.client.ClientException;
import dev.elbow.coordinator.client.ElbowClient;
import dev.elbow.coordinator.client.ElbowClient.Format;
import dev.elbow.coordinator.client.SubmittedSweep;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A broker for each class, and a coordinator that is asked over HTTP for each of its tests. */
@Timeout(60)
abstract class HttpFixture {
  @TempDir static Path brokerFolder;
  private static Broker broker;
  private static Catalog catalog;

  @TempDir Path results;
  final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  TestSystem system;
  int port;
  String url;
  ElbowClient client;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = Broker.start(BrokerSettings.in(brokerFolder));
    catalog = Catalog.ofClassPath();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void begin() {
    system = new TestSystem(broker, catalog, results);
    system.measure(metrics);
    HttpApi api = done(HttpApi.start(system.vertx(), system.coordinator(), settings()));
    system.own(() -> done(api.close()));
    port = api.port();
    url = "http://127.0.0.1:" + port;
    client = ElbowClient.at(URI.create(url));
  }

  @AfterEach
  void end() throws Exception {
    system.close();
  }

  /** What the API is told; its port is free. */
  HttpSettings settings() {
    return HttpSettings.on(0, metrics);
  }

  final SubmittedSweep submit(String text) throws ClientException {
    return client.submit(text.getBytes(StandardCharsets.UTF_8), Format.YAML);
  }
}
