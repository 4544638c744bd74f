package dev.elbow.coordinator.http;

import dev.elbow.api.TrialId;
import dev.elbow.coordinator.Coordinator;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.file.Path;

/** Serves the files of trials. */
final class FileRoutes {
  private final Coordinator coordinator;
  private final WorkerExecutor threads;
  private final TrialFolder folder;

  FileRoutes(Coordinator coordinator, WorkerExecutor threads) {
    this.coordinator = coordinator;
    this.threads = threads;
    this.folder = new TrialFolder(coordinator.settings().results());
  }

  void addTo(Router router) {
    router.get("/api/sweeps/:sweep/trials/:trial/files/:file").handler(Answer.to(this::file));
  }

  private Future<Answer> file(RoutingContext asked) {
    TrialId id = Names.trial(asked);
    String name = asked.pathParam("file");
    return coordinator
        .isPruned(id)
        .compose(pruned -> threads.executeBlocking(() -> open(id, name, pruned), false));
  }

  private Answer open(TrialId id, String name, boolean pruned) throws IOException {
    Path file = folder.find(id, name).orElseThrow(() -> missing(id, name, pruned));
    return FileAnswer.open(file, TrialFolder.TYPES.get(name), threads);
  }

  private static Refusal missing(TrialId id, String name, boolean pruned) {
    return pruned && TrialFolder.TYPES.containsKey(name)
        ? Refusal.pruned("%s of %s was removed by prune".formatted(name, id))
        : Refusal.unknown("%s has no file '%s'".formatted(id, name));
  }
}
