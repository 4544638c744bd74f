package dev.elbow.coordinator.http;

import dev.elbow.api.plugin.Option;
import dev.elbow.catalog.InstalledPlugin;
import dev.elbow.coordinator.Coordinator;
import dev.elbow.coordinator.Readiness;
import dev.elbow.coordinator.client.Health;
import dev.elbow.coordinator.client.PluginList;
import dev.elbow.coordinator.client.PluginList.OptionStatus;
import dev.elbow.coordinator.client.PluginList.PluginStatus;
import dev.elbow.coordinator.client.WorkerList;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/** What is there and how it is: workers, plugins, health, metrics, and what can be asked. */
final class SystemRoutes {
  private final Coordinator coordinator;
  private final WorkerExecutor threads;
  private final PrometheusMeterRegistry metrics;

  SystemRoutes(Coordinator coordinator, WorkerExecutor threads, PrometheusMeterRegistry metrics) {
    this.coordinator = coordinator;
    this.threads = threads;
    this.metrics = metrics;
  }

  void addTo(Router router) {
    router.get("/api/workers").handler(Answer.to(asked -> workers()));
    router.get("/api/plugins").handler(Answer.to(asked -> plugins()));
    router
        .get("/api/unreadable")
        .handler(Answer.to(asked -> coordinator.unreadable().map(Answer::of)));
    router.get("/health/live").handler(Answer.to(asked -> live()));
    router.get("/health/ready").handler(Answer.to(asked -> ready()));
    router.get("/metrics").handler(Answer.to(new Scrape(metrics, threads)));
    router.get("/openapi.yaml").handler(Answer.to(asked -> document()));
  }

  private Future<Answer> document() {
    return threads
        .executeBlocking(SystemRoutes::read, false)
        .map(text -> response -> response.putHeader("Content-Type", "application/yaml").end(text));
  }

  private static Buffer read() throws IOException {
    try (InputStream document = SystemRoutes.class.getResourceAsStream("openapi.yaml")) {
      return Buffer.buffer(document.readAllBytes());
    }
  }

  private Future<Answer> workers() {
    return coordinator
        .workers()
        .map(views -> Answer.of(new WorkerList(views.stream().map(Statuses::of).toList())));
  }

  private Future<Answer> plugins() {
    PluginList list =
        new PluginList(
            coordinator.settings().catalog().plugins().stream().map(SystemRoutes::of).toList());
    return Future.succeededFuture(Answer.of(list));
  }

  private static PluginStatus of(InstalledPlugin<?> plugin) {
    return new PluginStatus(
        plugin.kind().name(),
        plugin.plugin().name(),
        plugin.plugin().description(),
        plugin.version(),
        Path.of(plugin.source()).getFileName().toString(),
        plugin.sha256(),
        plugin.plugin().options().stream().map(SystemRoutes::of).toList());
  }

  private static OptionStatus of(Option option) {
    return new OptionStatus(
        option.name(),
        option.type().expected(),
        option.defaultValue().isEmpty(),
        option.defaultValue(),
        option.meaning());
  }

  private Future<Answer> live() {
    return coordinator
        .readiness()
        .map(Readiness::isAlive)
        .map(
            well -> {
              Health health = new Health(well ? "live" : "not live", "", "", "", List.of());
              return Answer.of(well ? 200 : 503, health);
            });
  }

  private Future<Answer> ready() {
    return coordinator
        .readiness()
        .map(now -> Answer.of(now.isReady() ? 200 : 503, SystemRoutes.of(now)));
  }

  private static Health of(Readiness now) {
    return new Health(
        now.isReady() ? "ready" : "not ready",
        now.isActive() ? "active" : "standby",
        now.leader(),
        now.leaderAddress(),
        now.problems());
  }
}
