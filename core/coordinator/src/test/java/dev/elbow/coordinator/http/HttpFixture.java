package dev.elbow.coordinator.http;

import static dev.elbow.coordinator.TestSystem.done;

import dev.elbow.broker.Broker;
import dev.elbow.coordinator.TestSystem;
import dev.elbow.coordinator.client.ClientException;
import dev.elbow.coordinator.client.ElbowClient;
import dev.elbow.coordinator.client.ElbowClient.Format;
import dev.elbow.coordinator.client.SubmittedSweep;
import dev.elbow.testkit.SharedBroker;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A coordinator of its own for each test, asked over HTTP, all of them on one broker. */
@Timeout(60)
@ExtendWith(SharedBroker.class)
@Execution(ExecutionMode.CONCURRENT)
abstract class HttpFixture {

  @TempDir Path results;
  final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  TestSystem system;
  int port;
  String url;
  ElbowClient client;

  @BeforeEach
  void begin(Broker broker) {
    system = new TestSystem(broker, TestSystem.CATALOG, results);
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
