package dev.elbow.coordinator.http;

import dev.elbow.coordinator.Coordinator;
import dev.elbow.coordinator.Submission;
import dev.elbow.coordinator.client.SubmittedSweep;
import dev.elbow.coordinator.client.SweepList;
import dev.elbow.coordinator.client.SweepStatus;
import dev.elbow.coordinator.sweep.Reading;
import dev.elbow.coordinator.sweep.Sweep;
import dev.elbow.coordinator.sweep.SweepReader;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/** Questions and commands about whole sweeps. */
final class SweepRoutes {
  private static final String SWEEP = "/api/sweeps/:sweep";

  private final Coordinator coordinator;
  private final WorkerExecutor threads;
  private final SweepReader reader;

  SweepRoutes(Coordinator coordinator, WorkerExecutor threads) {
    this.coordinator = coordinator;
    this.threads = threads;
    this.reader = new SweepReader(coordinator.settings().catalog(), coordinator.settings().data());
  }

  void addTo(Router router) {
    router.post("/api/sweeps").handler(Answer.to(this::submit));
    router.get("/api/sweeps").handler(Answer.to(this::list));
    router.get(SWEEP).handler(Answer.to(asked -> status(Names.sweep(asked))));
    add(router, "pause", coordinator::pause);
    add(router, "resume", coordinator::resume);
    add(router, "cancel", coordinator::cancel);
    add(router, "retry", coordinator::retry);
  }

  /** What is done to a sweep, and who asks for it. */
  private interface Command {
    Future<Void> apply(String sweep, String by);
  }

  private void add(Router router, String name, Command command) {
    router
        .post(SWEEP + "/" + name)
        .handler(
            Answer.to(
                asked -> {
                  String sweep = Names.sweep(asked);
                  return command.apply(sweep, Guard.by(asked)).compose(done -> status(sweep));
                }));
  }

  private Future<Answer> list(RoutingContext asked) {
    Question question = new Question(asked.queryParams(), List.of("name"));
    Optional<String> name = question.text("name");
    question.check();
    return Future.succeededFuture(
        Answer.of(new SweepList(name.map(this::one).orElseGet(this::all))));
  }

  private List<SweepStatus> all() {
    return coordinator.sweeps().stream()
        .flatMap(name -> coordinator.view(name).stream())
        .map(Statuses::brief)
        .toList();
  }

  // For whoever does not know whether it is there, and shall not be told of an error if it is not.
  private List<SweepStatus> one(String name) {
    return coordinator.view(name).map(Statuses::of).stream().toList();
  }

  private Future<Answer> status(String sweep) {
    return coordinator
        .view(sweep)
        .map(view -> Future.succeededFuture(Answer.of(Statuses.of(view))))
        .orElseThrow(() -> Refusal.unknown("there is no sweep '%s'".formatted(sweep)));
  }

  private Future<Answer> submit(RoutingContext asked) {
    byte[] body = asked.body().buffer() == null ? new byte[0] : asked.body().buffer().getBytes();
    return threads
        .executeBlocking(() -> reader.read("sweep", body), false)
        .map(SweepRoutes::require)
        .compose(
            sweep ->
                coordinator
                    .submit(sweep, Guard.by(asked))
                    .map(submission -> answer(sweep, submission)));
  }

  private static Sweep require(Reading reading) {
    return reading.sweep().orElseThrow(() -> Refusal.sweep(reading.report(), reading.problems()));
  }

  private static Answer answer(Sweep sweep, Submission submission) {
    if (submission instanceof Submission.Refused refused) {
      throw Refusal.otherSweep(refused.message(), refused.differences());
    }
    boolean created = submission instanceof Submission.Created;
    SubmittedSweep submitted =
        new SubmittedSweep(sweep.name(), sweep.trialCount(), created, sweep.notices());
    return created
        ? Answer.created("/api/sweeps/" + sweep.name(), submitted)
        : Answer.of(submitted);
  }
}
