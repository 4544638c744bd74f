package dev.elbow.coordinator.http;

import dev.elbow.coordinator.client.Health;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The server behind a {@link MetricsPort}. */
final class MetricsEndpoint extends VerticleBase {
  // Scrapes are rare and short; one that takes long leaves room for another.
  private static final int THREADS = 2;

  private final HttpSettings settings;
  private final BooleanSupplier ready;
  private WorkerExecutor threads;
  private Servers servers;
  private volatile int port;

  MetricsEndpoint(HttpSettings settings, BooleanSupplier ready) {
    this.settings = settings;
    this.ready = ready;
  }

  /** Where it listens, once it does. */
  int port() {
    return port;
  }

  @Override
  public Future<?> start() {
    threads = vertx.createSharedWorkerExecutor("elbow-metrics-" + deploymentID(), THREADS);
    servers = new Servers(vertx, settings);
    Connections connections = new Connections(vertx, settings.limits());
    return servers
        .listen(connections, router(connections))
        .onSuccess(listening -> port = listening);
  }

  private Router router(Connections connections) {
    Router router = Router.router(vertx);
    Problems.answerAll(router);
    router.route().handler(connections::began);
    router.route().handler(new Guard(settings.listening()));
    router.get("/metrics").handler(Answer.to(new Scrape(settings.metrics(), threads)));
    router.get("/health/live").handler(Answer.to(asked -> health(true, "live")));
    router.get("/health/ready").handler(Answer.to(asked -> health(ready.getAsBoolean(), "ready")));
    return router;
  }

  private static Future<Answer> health(boolean well, String word) {
    Health health = new Health(well ? word : "not " + word, "", "", "", List.of());
    return Future.succeededFuture(Answer.of(well ? 200 : 503, health));
  }

  @Override
  public Future<?> stop() {
    return servers.close().eventually(threads::close);
  }
}
