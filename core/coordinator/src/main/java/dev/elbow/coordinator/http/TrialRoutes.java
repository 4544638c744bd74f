package dev.elbow.coordinator.http;

import dev.elbow.api.TrialId;
import dev.elbow.coordinator.Coordinator;
import dev.elbow.coordinator.SweepView;
import dev.elbow.coordinator.TrialView;
import dev.elbow.coordinator.client.Curve;
import dev.elbow.coordinator.client.CurvePoint;
import dev.elbow.coordinator.client.ExecutionStatus;
import dev.elbow.coordinator.client.LatentCurve;
import dev.elbow.coordinator.client.LatentPoint;
import dev.elbow.coordinator.client.RateCurve;
import dev.elbow.coordinator.client.TrialQuery;
import dev.elbow.coordinator.client.TrialStatus;
import dev.elbow.coordinator.ledger.TrialState;
import dev.elbow.coordinator.results.ScoreTable;
import dev.elbow.coordinator.sweep.Sweep;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/** Questions and commands about trials. */
final class TrialRoutes {
  private static final String TRIALS = "/api/sweeps/:sweep/trials";
  private static final String TRIAL = TRIALS + "/:trial";
  private static final List<String> STATES =
      Arrays.stream(TrialState.values()).map(TrialState::word).toList();

  private final Coordinator coordinator;
  private final WorkerExecutor threads;
  private final LiveCurves curves;
  private final TrialFolder folder;
  private final ColumnRoutes columns;
  private final LaterScores later;

  TrialRoutes(Coordinator coordinator, WorkerExecutor threads, LiveCurves curves) {
    this.coordinator = coordinator;
    this.threads = threads;
    this.curves = curves;
    this.folder = new TrialFolder(coordinator.settings().results());
    this.columns = new ColumnRoutes(coordinator, threads, this::table);
    this.later = new LaterScores(coordinator.settings().results());
  }

  void addTo(Router router) {
    router.get(TRIALS).handler(Answer.to(this::page));
    columns.addTo(router);
    router.get(TRIAL).handler(Answer.to(asked -> status(Names.trial(asked))));
    router.get(TRIAL + "/curve").handler(Answer.to(asked -> curve(Names.trial(asked))));
    router.get(TRIAL + "/latents").handler(Answer.to(asked -> latents(Names.trial(asked))));
    router.get(TRIAL + "/rate-distortion").handler(Answer.to(asked -> rates(Names.trial(asked))));
    router.post(TRIAL + "/cancel").handler(Answer.to(this::cancel));
    router.post(TRIAL + "/retry").handler(Answer.to(this::retry));
  }

  /** Makes ready what the first who asks would wait for. */
  void prepare() {
    columns.prepare();
  }

  private Future<Answer> page(RoutingContext asked) {
    return coordinator
        .sweep(Names.sweep(asked))
        .compose(sweep -> scores(sweep).compose(scores -> page(asked, sweep, scores)));
  }

  private Future<ScoreTable> scores(Sweep sweep) {
    return threads.executeBlocking(() -> later.of(sweep.name()), false);
  }

  private Future<Answer> page(RoutingContext asked, Sweep sweep, ScoreTable scores) {
    TrialQuery query = query(asked, TrialTable.keys(sweep, scores));
    return query.sort().equals("trial") && query.states().isEmpty()
        ? byNumber(sweep, query, scores)
        : sorted(sweep, query);
  }

  // The usual question, and asked often of sweeps with many trials: those alone that are shown.
  private Future<Answer> byNumber(Sweep sweep, TrialQuery query, ScoreTable scores) {
    int count = sweep.trialCount();
    List<Integer> numbers =
        IntStream.range(query.offset(), Math.min(count, query.offset() + query.limit()))
            .mapToObj(i -> query.descending() ? count - i : i + 1)
            .toList();
    return coordinator
        .trials(sweep.name(), numbers)
        .compose(views -> answer(() -> TrialTable.page(sweep, query, count, views, scores)));
  }

  private Future<Answer> sorted(Sweep sweep, TrialQuery query) {
    return table(sweep).compose(table -> answer(() -> table.page(query)));
  }

  private Future<TrialTable> table(Sweep sweep) {
    return scores(sweep)
        .compose(
            scores ->
                coordinator
                    .trials(sweep.name())
                    .map(
                        known ->
                            new TrialTable(sweep, known, others(sweep.name(), known), scores)));
  }

  private Future<Answer> answer(Callable<?> document) {
    return threads.executeBlocking(() -> Answer.of(document.call()), false);
  }

  private static TrialQuery query(RoutingContext asked, List<String> keys) {
    Question question =
        new Question(asked.queryParams(), List.of("sort", "order", "state", "limit", "offset"));
    TrialQuery query =
        new TrialQuery(
            question.word("sort", keys),
            question.word("order", List.of("asc", "desc")).equals("desc"),
            question.words("state", STATES),
            question.whole("limit", 1, TrialQuery.MOST, TrialQuery.FIRST.limit()),
            question.whole("offset", 0, Sweep.MOST_TRIALS, 0));
    question.check();
    return query;
  }

  /**
   * The state of those that were never queued: cancelled exactly if more are than were heard of.
   */
  private TrialState others(String sweep, List<TrialView> known) {
    long cancelled = known.stream().filter(t -> t.state() == TrialState.CANCELLED).count();
    return coordinator
        .view(sweep)
        .filter(view -> view.count(TrialState.CANCELLED) > cancelled)
        .map(view -> TrialState.CANCELLED)
        .orElse(TrialState.QUEUED);
  }

  private Future<Answer> status(TrialId id) {
    Future<Sweep> sweep = coordinator.sweep(id.sweep());
    return coordinator
        .trial(id)
        .compose(
            view ->
                sweep.compose(
                    known -> scores(known).map(scores -> TrialTable.status(known, view, scores))))
        .compose(
            status ->
                threads.executeBlocking(
                    () -> Answer.of(whole(status, id, folder.sizes(id))), false));
  }

  private TrialStatus whole(TrialStatus brief, TrialId id, Map<String, Long> sizes) {
    return new TrialStatus(
        brief.sweep(),
        brief.trial(),
        brief.state(),
        brief.attempts(),
        brief.seed(),
        brief.parameters(),
        brief.worker(),
        brief.figures(),
        brief.failure(),
        brief.message(),
        execution(id),
        List.copyOf(sizes.keySet()),
        sizes);
  }

  private Optional<ExecutionStatus> execution(TrialId id) {
    return coordinator.view(id.sweep()).map(SweepView::running).orElse(List.of()).stream()
        .filter(running -> running.execution().trial().equals(id))
        .findFirst()
        .map(Statuses::of);
  }

  private Future<Answer> curve(TrialId id) {
    List<CurvePoint> heard = curves.of(id);
    return coordinator
        .trial(id)
        .compose(
            view ->
                threads.executeBlocking(
                    () -> Answer.of(curve(id, view.state().ended(), heard)), false));
  }

  private Curve curve(TrialId id, boolean ended, List<CurvePoint> heard) throws Exception {
    Optional<Path> file = ended ? folder.find(id, "metrics.csv") : Optional.empty();
    return file.isPresent() && Files.isRegularFile(file.get())
        ? new Curve(id.sweep(), id.folder(), true, CurvePoints.read(file.get()))
        : new Curve(id.sweep(), id.folder(), ended, heard);
  }

  private Future<Answer> latents(TrialId id) {
    List<LatentPoint> heard = curves.latents(id);
    return coordinator
        .trial(id)
        .compose(
            view ->
                threads.executeBlocking(
                    () -> Answer.of(latents(id, view.state().ended(), heard)), false));
  }

  private LatentCurve latents(TrialId id, boolean ended, List<LatentPoint> heard)
      throws IOException {
    Optional<Path> file = ended ? folder.find(id, "latents.csv") : Optional.empty();
    return new LatentCurve(
        id.sweep(), id.folder(), ended, file.isPresent() ? LatentPoints.read(file.get()) : heard);
  }

  private Future<Answer> rates(TrialId id) {
    return coordinator
        .trial(id)
        .compose(known -> threads.executeBlocking(() -> Answer.of(rateCurve(id)), false));
  }

  private RateCurve rateCurve(TrialId id) throws IOException {
    Optional<Path> file = folder.find(id, RatePoints.FILE);
    return new RateCurve(
        id.sweep(), id.folder(), file.isPresent() ? RatePoints.read(file.get()) : List.of());
  }

  private Future<Answer> cancel(RoutingContext asked) {
    TrialId id = Names.trial(asked);
    Set<TrialState> states = Set.of(TrialState.QUEUED, TrialState.RUNNING);
    return require(id, states, "only queued and running trials can be cancelled")
        .compose(allowed -> coordinator.cancel(id, Guard.by(asked)))
        .compose(done -> status(id));
  }

  private Future<Answer> retry(RoutingContext asked) {
    TrialId id = Names.trial(asked);
    Set<TrialState> states = Set.of(TrialState.FAILED, TrialState.CANCELLED);
    return require(id, states, "only failed and cancelled trials can be tried again")
        .compose(allowed -> coordinator.retry(id, Guard.by(asked)))
        .compose(done -> status(id));
  }

  private Future<Void> require(TrialId id, Set<TrialState> states, String rule) {
    return coordinator
        .trial(id)
        .map(
            view -> {
              if (!states.contains(view.state())) {
                throw Refusal.wrongState("%s is %s; %s".formatted(id, view.state().word(), rule));
              }
              return null;
            });
  }
}
