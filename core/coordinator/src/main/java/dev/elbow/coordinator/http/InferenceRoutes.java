package dev.elbow.coordinator.http;

import dev.elbow.api.TrialId;
import dev.elbow.coordinator.Coordinator;
import dev.elbow.coordinator.TrialView;
import dev.elbow.coordinator.client.AnswerFormat;
import dev.elbow.coordinator.http.AskedModel.Result;
import dev.elbow.coordinator.registry.Registry;
import dev.elbow.coordinator.sweep.FileContent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Questions to the models of trials, and to those that have names. They change nothing, although
 * they are POST: a right to read is enough for them, and coordinators that stand by answer them.
 */
final class InferenceRoutes {
  private static final String JSON = "application/json";
  private static final String PNG = "image/png";
  private static final String TRIAL = "/api/sweeps/:sweep/trials/:trial/";
  private static final String NAMED = "/api/models/:model/:version/";
  private static final String PICTURE = "reconstructions.png";
  private static final List<String> MODEL = List.of("encoder.onnx", "decoder.onnx", "vae.onnx");

  private static final int THREADS = 2;

  /** Questions that wait, are answered or sent; further ones are refused. */
  private static final int MOST_AT_ONCE = THREADS + 16;

  private static final int MOST_LOADED = 8;
  private static final Duration TIDY = Duration.ofSeconds(30);

  private final Coordinator coordinator;
  private final TrialFolder folder;
  private final NamedModels named;
  private final WorkerExecutor threads;
  private final LoadedModels models = new LoadedModels(MOST_LOADED);
  private final AtomicInteger asked = new AtomicInteger();
  private final Vertx vertx;
  private final long tidying;

  /**
   * @param name of its threads, which no other part of the process has
   */
  InferenceRoutes(Vertx vertx, Coordinator coordinator, String name) {
    this.vertx = vertx;
    this.coordinator = coordinator;
    this.folder = new TrialFolder(coordinator.settings().results());
    this.named = new NamedModels(new Registry(coordinator.settings().results()));
    this.threads = vertx.createSharedWorkerExecutor("elbow-inference-" + name, THREADS);
    this.tidying =
        vertx.setPeriodic(TIDY.toMillis(), id -> threads.executeBlocking(this::dropChanged, false));
  }

  private Void dropChanged() {
    models.dropChanged();
    return null;
  }

  void addTo(Router router) {
    add(router, "encode", List.of(JSON), AskedModel::encode);
    add(router, "decode", List.of(JSON, PNG), AskedModel::decode);
    add(router, "reconstruct", List.of(JSON, PNG), AskedModel::reconstruct);
    add(router, "sample", List.of(JSON, PNG), AskedModel::sample);
    add(router, "traverse", List.of(JSON, PNG), AskedModel::traverse);
    router.get(TRIAL + "images").handler(Answer.to(this::images));
  }

  private void add(
      Router router, String name, List<String> types, Function<AskedModel, Result> question) {
    router
        .post(TRIAL + name)
        .handler(Answer.to(asking -> ask(asking, place(Names.trial(asking)), types, question)));
    router
        .post(NAMED + name)
        .handler(Answer.to(asking -> ask(asking, () -> named(asking), types, question)));
  }

  /** What one request asks. */
  private record Request(byte[] body, String type, Function<AskedModel, Result> question) {}

  /** Where a model is, which takes its time to find out. */
  private interface Place {
    Future<Callable<Path>> find();
  }

  private Future<Answer> ask(
      RoutingContext asking,
      Place place,
      List<String> types,
      Function<AskedModel, Result> question) {
    requireJson(asking);
    return answer(asking, place, new Request(body(asking), type(asking, types), question));
  }

  private Place place(TrialId trial) {
    return () ->
        coordinator
            .isPruned(trial)
            .compose(pruned -> coordinator.trial(trial).map(view -> requireModel(view, pruned)))
            .map(view -> () -> file(view));
  }

  private Future<Callable<Path>> named(RoutingContext asking) {
    return Future.succeededFuture(
        () -> named.folder(named.model(asking)).resolve(MODEL.get(MODEL.size() - 1)));
  }

  // From the trial's own picture: a model is asked wherever its files are, the data may be gone.
  private Future<Answer> images(RoutingContext asking) {
    new Question(asking.queryParams(), List.of()).check();
    TrialId trial = Names.trial(asking);
    String type = type(asking, List.of(JSON, PNG));
    return answer(
        asking,
        place(trial),
        new Request(new byte[0], type, model -> model.pictured(picture(trial))));
  }

  private byte[] picture(TrialId trial) {
    try {
      return FileContent.read(
          folder
              .find(trial, PICTURE)
              .orElseThrow(() -> Refusal.unknown("%s has no file '%s'".formatted(trial, PICTURE))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Future<Answer> answer(RoutingContext asking, Place place, Request request) {
    takeTurn(asking);
    return Future.succeededFuture()
        .compose(turn -> place.find())
        .compose(file -> threads.executeBlocking(() -> answer(request, file.call()), false))
        .onFailure(e -> asked.decrementAndGet());
  }

  private static void requireJson(RoutingContext asking) {
    MIMEHeader type = asking.parsedHeaders().contentType();
    if (!"json".equals(type.subComponent())) {
      throw Refusal.plain(
          415, "content type: found '%s', expected %s".formatted(type.rawValue(), JSON));
    }
  }

  private static byte[] body(RoutingContext asking) {
    Buffer body = asking.body().buffer();
    return body == null ? new byte[0] : body.getBytes();
  }

  /** The type that is asked for most, the first of {@code types} where that is no matter. */
  private static String type(RoutingContext asking, List<String> types) {
    List<MIMEHeader> accepted = asking.parsedHeaders().accept();
    String best = types.get(0);
    for (String type : types) {
      best = weight(accepted, type) > weight(accepted, best) ? type : best;
    }
    if (!accepted.isEmpty() && weight(accepted, best) == 0) {
      throw Refusal.plain(406, "accepted: found none of " + String.join(", ", types));
    }
    return best;
  }

  private static float weight(List<MIMEHeader> accepted, String type) {
    String[] parts = type.split("/");
    return accepted.stream()
        .filter(range -> List.of("*", parts[0]).contains(range.component()))
        .filter(range -> List.of("*", parts[1]).contains(range.subComponent()))
        .map(MIMEHeader::weight)
        .max(Float::compare)
        .orElse(0f);
  }

  private void takeTurn(RoutingContext asking) {
    if (asked.incrementAndGet() > MOST_AT_ONCE) {
      asked.decrementAndGet();
      asking.response().putHeader("Retry-After", "1");
      throw Refusal.busy(
          "%d questions to models are waiting or being answered, and no more can"
              .formatted(MOST_AT_ONCE));
    }
  }

  private static TrialView requireModel(TrialView view, boolean pruned) {
    if (pruned) {
      throw Refusal.pruned("the model of %s was removed by prune".formatted(view.id()));
    }
    if (!view.state().ended()) {
      throw Refusal.wrongState(
          "%s is %s; only a trial that has ended has a model"
              .formatted(view.id(), view.state().word()));
    }
    return view;
  }

  private Answer answer(Request request, Path file) throws IOException {
    ModelQuestion question = ModelQuestion.read(request.body());
    Buffer body = models.ask(file, model -> body(request, new AskedModel(model, question)));
    return new Turn(request.type(), body);
  }

  // All of them are looked at: none may be a link.
  private Path file(TrialView trial) throws IOException {
    Path found = null;
    for (String name : MODEL) {
      found =
          folder
              .find(trial.id(), name)
              .orElseThrow(
                  () ->
                      Refusal.unknown(
                          "%s is %s and has no model".formatted(trial.id(), trial.state().word())));
    }
    return found;
  }

  private static Buffer body(Request request, AskedModel model) {
    Result result = request.question().apply(model);
    return Buffer.buffer(
        request.type().equals(PNG)
            ? result.picture().orElseThrow().get()
            : AnswerFormat.write(result.json().get()));
  }

  /** An answer that keeps its turn until it is sent, since what waits for a client takes memory. */
  private final class Turn implements Answer {
    private final String type;
    private final Buffer body;

    Turn(String type, Buffer body) {
      this.type = type;
      this.body = body;
    }

    @Override
    public void send(HttpServerResponse response) {
      response.putHeader("Content-Type", type).end(body).onComplete(sent -> drop());
    }

    @Override
    public void drop() {
      asked.decrementAndGet();
    }
  }

  /** Ends the threads, and the models that they use. */
  Future<Void> close() {
    vertx.cancelTimer(tidying);
    return threads.close().onComplete(closed -> models.close());
  }
}
