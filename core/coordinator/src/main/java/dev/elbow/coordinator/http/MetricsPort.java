package dev.elbow.coordinator.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.BooleanSupplier;

/**
 * The HTTP port of a process that is only watched, such as a worker: {@code /metrics}, {@code
 * /health/live} and {@code /health/ready}, with the same checks as the coordinator's. Thread-safe.
 */
public final class MetricsPort {
  private final Vertx vertx;
  private final String deployment;
  private final int port;

  private MetricsPort(Vertx vertx, String deployment, int port) {
    this.vertx = vertx;
    this.deployment = deployment;
    this.port = port;
  }

  /**
   * Listens.
   *
   * @param ready whether there is any use in giving the process work; asked on the event loop
   * @return fails if the port is taken
   */
  public static Future<MetricsPort> start(
      Vertx vertx, HttpSettings settings, BooleanSupplier ready) {
    MetricsEndpoint endpoint = new MetricsEndpoint(settings, ready);
    return vertx
        .deployVerticle(endpoint)
        .map(deployment -> new MetricsPort(vertx, deployment, endpoint.port()));
  }

  /** The port that is listened at. */
  public int port() {
    return port;
  }

  /** Ends every connection. */
  public Future<Void> close() {
    return vertx.undeploy(deployment);
  }
}
