package dev.elbow.coordinator.http;

import dev.elbow.coordinator.Coordinator;
import dev.elbow.coordinator.client.ExampleList;
import dev.elbow.coordinator.client.ExampleList.Example;
import dev.elbow.coordinator.client.SweepCheck;
import dev.elbow.coordinator.client.SweepCheck.ModelSize;
import dev.elbow.coordinator.client.SweepCheck.Plan;
import dev.elbow.coordinator.sweep.Cost;
import dev.elbow.coordinator.sweep.Reading;
import dev.elbow.coordinator.sweep.Sweep;
import dev.elbow.coordinator.sweep.SweepReader;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sweep files that nobody has submitted: what would come of one, and some to start from. Nothing is
 * changed; the right to write is needed all the same, because messages tell what is in the data
 * folder. For one event loop.
 */
final class DraftRoutes {
  /** An editor asks at every pause; what more of them want at once can wait. */
  private static final int MOST_AT_ONCE = 2;

  private static final int MOST_MODELS = 20;

  /** To look whether the data of examples are here reads them: a second for MNIST. */
  private static final Duration EXAMPLES_STAY = Duration.ofSeconds(10);

  private final Coordinator coordinator;
  private final WorkerExecutor threads;
  private final SweepReader reader;
  private final AtomicInteger asked = new AtomicInteger();
  private Future<Answer> examples = Future.failedFuture("nobody has asked");
  private long examplesSince;

  DraftRoutes(Coordinator coordinator, WorkerExecutor threads) {
    this.coordinator = coordinator;
    this.threads = threads;
    this.reader = new SweepReader(coordinator.settings().catalog(), coordinator.settings().data());
  }

  void addTo(Router router) {
    router.post("/api/validate").handler(Answer.to(this::validate));
    router.get("/api/examples").handler(Answer.to(asking -> examples()));
  }

  private Future<Answer> validate(RoutingContext asking) {
    byte[] body = asking.body().buffer() == null ? new byte[0] : asking.body().buffer().getBytes();
    takeTurn(asking);
    return threads
        .executeBlocking(() -> reader.read("sweep", body), false)
        .compose(reading -> slots().map(slots -> Answer.of(check(reading, slots))))
        .onComplete(done -> asked.decrementAndGet());
  }

  private void takeTurn(RoutingContext asking) {
    if (asked.incrementAndGet() > MOST_AT_ONCE) {
      asked.decrementAndGet();
      asking.response().putHeader("Retry-After", "1");
      throw Refusal.busy("%d sweep files are being checked".formatted(MOST_AT_ONCE));
    }
  }

  private Future<Integer> slots() {
    return coordinator
        .workers()
        .map(
            workers ->
                workers.stream()
                    .filter(worker -> !worker.heartbeat().leaving())
                    .mapToInt(worker -> worker.heartbeat().slots())
                    .sum());
  }

  private SweepCheck check(Reading reading, int slots) {
    return new SweepCheck(
        reading.sweep().isPresent(),
        reading.problems(),
        reading.sweep().map(sweep -> plan(sweep, slots)));
  }

  private Plan plan(Sweep sweep, int slots) {
    Optional<Cost> cost = sweep.cost();
    return new Plan(
        sweep.name(),
        coordinator.view(sweep.name()).isPresent(),
        sweep.trialCount(),
        sweep.seeds().size(),
        sweep.columns(),
        cost.map(DraftRoutes::models).orElse(List.of()),
        cost.map(known -> known.structures().size()).orElse(0),
        cost.map(Cost::complete).orElse(true),
        slots,
        cost.map(known -> known.estimate(Math.max(1, slots)).toMillis() / 1000.0).orElse(0.0),
        sweep.notices());
  }

  private static List<ModelSize> models(Cost cost) {
    return cost.structures().stream()
        .limit(MOST_MODELS)
        .map(
            model ->
                new ModelSize(
                    model.parameters(), model.weights(), model.multiplyAdds(), model.trials()))
        .toList();
  }

  private Future<Answer> examples() {
    long now = System.nanoTime();
    boolean stay = examples.succeeded() && now - examplesSince < EXAMPLES_STAY.toNanos();
    if (examples.isComplete() && !stay) {
      examplesSince = now;
      examples = threads.executeBlocking(() -> Answer.of(new ExampleList(read())), false);
    }
    return examples;
  }

  private List<Example> read() throws IOException {
    List<Example> examples = new ArrayList<>();
    for (ExampleFile file : ExampleFile.all()) {
      Reading reading = reader.read(file.name() + ".yaml", file.content());
      examples.add(
          new Example(
              file.name(),
              file.about(),
              reading.sweep().isPresent(),
              reading.report(),
              file.text()));
    }
    return examples;
  }
}
