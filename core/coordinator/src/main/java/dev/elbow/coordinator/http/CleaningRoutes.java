package dev.elbow.coordinator.http;

import dev.elbow.api.TrialId;
import dev.elbow.coordinator.Coordinator;
import dev.elbow.coordinator.Pruning;
import dev.elbow.coordinator.Usage;
import dev.elbow.coordinator.client.SweepUsage;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/** Removes sweeps and models, and says before what that would remove. */
final class CleaningRoutes {
  private static final String SWEEP = "/api/sweeps/:sweep";
  private static final String KEEP = "best:[1-9][0-9]{0,8}";

  private final Coordinator coordinator;

  CleaningRoutes(Coordinator coordinator) {
    this.coordinator = coordinator;
  }

  void addTo(Router router) {
    router.get(SWEEP + "/usage").handler(Answer.to(this::usage));
    router.delete(SWEEP).handler(Answer.to(this::delete));
    router.post(SWEEP + "/prune").handler(Answer.to(this::prune));
  }

  private Future<Answer> usage(RoutingContext asked) {
    String sweep = Names.sweep(asked);
    return keep(asked)
        .map(best -> coordinator.prunable(sweep, best).map(pruning -> answer(sweep, pruning)))
        .orElseGet(() -> coordinator.usage(sweep).map(all -> answer(sweep, all)));
  }

  private Future<Answer> delete(RoutingContext asked) {
    String sweep = Names.sweep(asked);
    return coordinator.delete(sweep, Guard.by(asked)).map(freed -> answer(sweep, freed));
  }

  private Future<Answer> prune(RoutingContext asked) {
    String sweep = Names.sweep(asked);
    int best = keep(asked).orElseThrow(CleaningRoutes::missing);
    return coordinator.prune(sweep, best, Guard.by(asked)).map(pruning -> answer(sweep, pruning));
  }

  /** How many trials keep all their files. */
  private static Optional<Integer> keep(RoutingContext asked) {
    Question question = new Question(asked.queryParams(), List.of("keep"));
    Optional<String> keep = question.fitting("keep", KEEP, "best:N, as in best:3");
    question.check();
    return keep.map(text -> Integer.valueOf(text.substring("best:".length())));
  }

  private static Refusal missing() {
    return Refusal.question("keep", "missing, expected best:N, as in best:3");
  }

  private static Answer answer(String sweep, Usage usage) {
    return answer(sweep, new Pruning(List.of(), usage));
  }

  private static Answer answer(String sweep, Pruning pruning) {
    Usage freed = pruning.freed();
    List<String> kept =
        pruning.kept().stream().map(number -> new TrialId(sweep, number).folder()).toList();
    return Answer.of(new SweepUsage(sweep, freed.trials(), freed.files(), freed.sizeBytes(), kept));
  }
}
