package dev.elbow.cli;

import dev.elbow.coordinator.http.HttpLimits;
import dev.elbow.coordinator.http.HttpSettings;
import dev.elbow.coordinator.http.Listening;
import dev.elbow.coordinator.http.MetricsPort;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.concurrent.atomic.AtomicBoolean;

/** Serves {@code /metrics}, {@code /health/live} and {@code /health/ready} of a worker. */
final class HealthServer implements AutoCloseable {
  // Of a process that computes, as little as possible.
  private static final VertxOptions SMALL =
      new VertxOptions()
          .setEventLoopPoolSize(1)
          .setWorkerPoolSize(1)
          .setInternalBlockingPoolSize(1);

  private final Vertx vertx;
  private final Listening listening;
  private final AtomicBoolean ready = new AtomicBoolean();
  private int port;

  private HealthServer(Listening listening) {
    this.vertx = Vertx.vertx(SMALL);
    this.listening = listening;
  }

  /**
   * Listens; not ready yet.
   *
   * @throws CommandException if the port cannot be listened at
   */
  static HealthServer start(Listening listening, PrometheusMeterRegistry metrics) throws Exception {
    HealthServer server = new HealthServer(listening);
    try {
      Service.start("metrics port %d".formatted(listening.port()), () -> server.listen(metrics));
      return server;
    } catch (Exception e) {
      server.close();
      throw e;
    }
  }

  private MetricsPort listen(PrometheusMeterRegistry metrics) {
    HttpSettings settings = new HttpSettings(listening, metrics, HttpLimits.USUAL);
    MetricsPort started = LocalSystem.await(MetricsPort.start(vertx, settings, ready::get));
    port = started.port();
    return started;
  }

  /** Says from now on whether there is any use in asking for work. */
  void ready(boolean now) {
    ready.set(now);
  }

  /** Where it is found: {@code http://127.0.0.1:40123}. */
  String url() {
    return listening.url(port);
  }

  @Override
  public void close() {
    LocalSystem.await(vertx.close());
  }
}
