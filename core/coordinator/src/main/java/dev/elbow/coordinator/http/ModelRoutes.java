package dev.elbow.coordinator.http;

import dev.elbow.coordinator.client.ModelList;
import dev.elbow.coordinator.client.RegisteredModel;
import dev.elbow.coordinator.registry.Registry;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.concurrent.Callable;

/** Shows the registered models and serves their files. */
final class ModelRoutes {
  private static final String VERSION = "/api/models/:model/:version";

  private final Registry registry;
  private final NamedModels named;
  private final WorkerExecutor threads;

  ModelRoutes(Registry registry, WorkerExecutor threads) {
    this.registry = registry;
    this.named = new NamedModels(registry);
    this.threads = threads;
  }

  void addTo(Router router) {
    router
        .get("/api/models")
        .handler(Answer.to(asked -> answer(() -> Answer.of(new ModelList(registry.models())))));
    router
        .get("/api/models/:model")
        .handler(Answer.to(asked -> answer(() -> Answer.of(new ModelList(named.versions(asked))))));
    router.get(VERSION).handler(Answer.to(asked -> answer(() -> Answer.of(named.model(asked)))));
    router.get(VERSION + "/files/:file").handler(Answer.to(asked -> answer(() -> file(asked))));
  }

  private Future<Answer> answer(Callable<Answer> question) {
    return threads.executeBlocking(question, false);
  }

  private Answer file(RoutingContext asked) throws IOException {
    RegisteredModel model = named.model(asked);
    String name = asked.pathParam("file");
    if (!model.files().containsKey(name)) {
      throw Refusal.unknown("%s has no file '%s'".formatted(model.reference(), name));
    }
    String type = TrialFolder.TYPES.getOrDefault(name, "application/octet-stream");
    return FileAnswer.open(named.folder(model).resolve(name), type, threads);
  }
}
