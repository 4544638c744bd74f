package dev.elbow.coordinator.http;

import dev.elbow.coordinator.Coordinator;
import dev.elbow.coordinator.registry.Registry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import io.vertx.ext.web.Route;
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
  private Router router;
  private Servers servers;
  private volatile int port;

  HttpEndpoint(Coordinator coordinator, HttpSettings settings) {
    this.coordinator = coordinator;
    this.settings = settings;
  }

  /** Where it listens, once it does. */
  int port() {
    return port;
  }

  /** What it serves, once it does. */
  List<Route> routes() {
    return router.getRoutes();
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
    TrialRoutes trials = new TrialRoutes(coordinator, threads, curves);
    router = router(connections, figures, trials);
    servers = new Servers(vertx, settings);
    return servers
        .listen(connections, router)
        .onSuccess(listening -> port = listening)
        .onSuccess(listening -> trials.prepare())
        .onFailure(e -> release());
  }

  private Router router(Connections connections, HttpFigures figures, TrialRoutes trials) {
    Router router = Router.router(vertx);
    Problems.answerAll(router);
    router.route().handler(figures::began);
    router.route().handler(connections::began);
    router.route().handler(new Guard(settings.listening()));
    router.route().handler(BodyHandler.create(false).setBodyLimit(HttpLimits.LARGEST_BODY_BYTES));
    new Dashboard(threads).addTo(router);
    new SweepRoutes(coordinator, threads).addTo(router);
    new DraftRoutes(coordinator, threads).addTo(router);
    new CleaningRoutes(coordinator).addTo(router);
    trials.addTo(router);
    new FileRoutes(coordinator, threads).addTo(router);
    inference.addTo(router);
    new ModelRoutes(new Registry(coordinator.settings().results()), threads).addTo(router);
    new SystemRoutes(coordinator, threads, settings.metrics()).addTo(router);
    router.get("/api/events").handler(feed::open);
    return router;
  }

  @Override
  public Future<?> stop() {
    release();
    return servers.close().eventually(inference::close).eventually(threads::close);
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
