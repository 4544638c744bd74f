package dev.elbow.coordinator.http;

import dev.elbow.coordinator.Coordinator;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.ArrayList;
import java.util.List;

/** The server with its routes, on an event loop of its own beside that of the coordinator. */
final class HttpEndpoint extends VerticleBase {
  private static final int THREADS = 4;

  private final Coordinator coordinator;
  private final HttpSettings settings;
  private EventFeed feed;
  private LiveCurves curves;
  private InferenceRoutes inference;
  private final List<AutoCloseable> observing = new ArrayList<>();
  private WorkerExecutor threads;
  private HttpServer server;
  private volatile int port;

  HttpEndpoint(Coordinator coordinator, HttpSettings settings) {
    this.coordinator = coordinator;
    this.settings = settings;
  }

  /** Where it listens, once it does. */
  int port() {
    return port;
  }

  @Override
  public Future<?> start() {
    // Not the threads that the coordinator moves files with: a flood of sweeps would hold it up.
    threads = vertx.createSharedWorkerExecutor("elbow-http-" + deploymentID(), THREADS);
    feed = new EventFeed(vertx, context, coordinator, settings.limits());
    curves = new LiveCurves(context);
    inference = new InferenceRoutes(vertx, coordinator, deploymentID());
    observing.add(coordinator.observe(feed));
    observing.add(coordinator.observe(curves));
    Connections connections = new Connections(vertx, settings.limits());
    HttpFigures figures = new HttpFigures(settings.metrics());
    figures.connections(connections::count);
    observing.add(figures);
    server =
        vertx
            .createHttpServer(options())
            .connectionHandler(connections::opened)
            .invalidRequestHandler(Problems::invalid)
            .requestHandler(router(connections, figures));
    return server
        .listen()
        .onSuccess(listening -> port = listening.actualPort())
        .onFailure(e -> release());
  }

  private HttpServerOptions options() {
    return new HttpServerOptions()
        .setHost(settings.bind())
        .setPort(settings.port())
        .setMaxInitialLineLength(HttpLimits.LONGEST_LINE_BYTES)
        .setMaxHeaderSize(HttpLimits.LARGEST_HEADERS_BYTES)
        .setHttp2ClearTextEnabled(false)
        .setHandle100ContinueAutomatically(true);
  }

  private Router router(Connections connections, HttpFigures figures) {
    Router router = Router.router(vertx);
    Problems.answerAll(router);
    router.route().handler(figures::began);
    router.route().handler(connections::began);
    router.route().handler(new Guard(settings));
    router.route().handler(BodyHandler.create(false).setBodyLimit(HttpLimits.LARGEST_BODY_BYTES));
    new SweepRoutes(coordinator, threads).addTo(router);
    new CleaningRoutes(coordinator).addTo(router);
    new TrialRoutes(coordinator, threads, curves).addTo(router);
    new FileRoutes(coordinator, threads).addTo(router);
    inference.addTo(router);
    new SystemRoutes(coordinator, threads, settings.metrics()).addTo(router);
    router.get("/api/events").handler(feed::open);
    return router;
  }

  @Override
  public Future<?> stop() {
    release();
    return server.close().eventually(inference::close).eventually(threads::close);
  }

  private void release() {
    feed.close();
    try {
      for (AutoCloseable observer : observing) {
        observer.close();
      }
    } catch (Exception e) {
      throw new IllegalStateException("an observer that leaves has nothing that can fail", e);
    }
  }
}
