package dev.elbow.acceptance.chaos;

import dev.elbow.api.TrialId;
import dev.elbow.messaging.Event;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What a coordinator takes that knows many trials: how long pages of the list and questions to a
 * model take, on the clock and of its processors, how much memory it has, and whether readers of
 * the live stream miss anything. Times mean something on a machine that does nothing else.
 */
final class Load {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int WARM_UP = 200;
  private static final String SWEEP = "load";
  private static final ShortTrials MODEL = new ShortTrials("model", 1, 1, 5, 1);
  private static final ShortTrials LIVE = new ShortTrials("live", 40, 10, 20, 1);
  private static final String YAML =
      """
      name: load
      dataset: {plugin: idx, path: tiny}
      encoder: {plugin: dense, hidden: [32]}
      decoder: {plugin: dense, hidden: [32]}
      objective: {plugin: elbo, likelihood: bernoulli}
      training: {epochs: 10, batchSize: 64}
      parameters: {latent: 3, beta: {min: 0.1, max: 10, scale: log}}
      search: {plugin: random, trials: %d}
      """;

  private final Report report;
  private final Settings settings;
  private final HttpClient http = HttpClient.newHttpClient();

  /**
   * How much of it.
   *
   * @param trials in the log
   * @param requests of each kind
   * @param streams that are open at once
   * @param seconds for which they are
   */
  record Settings(int trials, int requests, int streams, int seconds) {}

  Load(Report report, Settings settings) {
    this.report = report;
    this.settings = settings;
  }

  void run(Path folder) throws Exception {
    try (Installation system = Installation.in(folder, new Installation.Size(1, 1, 1, 1))) {
      system.start();
      Member coordinator = system.coordinators().get(0);
      Member worker = system.workers().get(0);
      system.submit(MODEL.yaml());
      awaitCompleted(system, MODEL.name(), 1);
      stop(worker);
      system.submit(YAML.formatted(settings.trials()));
      stop(coordinator);
      write(system.log());
      coordinator.start();
      coordinator.awaitServed(PATIENCE);
      awaitCompleted(system, SWEEP, settings.trials());
      report.say("the log holds %d ends".formatted(settings.trials()));
      ask(coordinator);
      worker.start();
      worker.awaitServed(PATIENCE);
      stream(system, coordinator);
      memory("resident memory of the coordinator, promised 700 MB", coordinator);
      report.problems(system.end());
    }
  }

  private static void stop(Member member) throws InterruptedException {
    member.ask();
    member.awaitEnd();
  }

  private static void awaitCompleted(Installation system, String sweep, int trials)
      throws InterruptedException {
    Waiting.until(
        PATIENCE,
        "%d trials of %s are completed".formatted(trials, sweep),
        () -> read(system, sweep).contains("\"completed\":%d,".formatted(trials)),
        () -> system.coordinators().get(0).said());
  }

  private static String read(Installation system, String sweep) throws Exception {
    String url = system.coordinators().get(0).served().orElseThrow();
    return system.read(url + "/api/sweeps/" + sweep);
  }

  private void write(EventLog log) throws Exception {
    long epoch = log.ask(History::epoch);
    List<Future<Long>> written = new ArrayList<>();
    for (int number = 1; number <= settings.trials(); number++) {
      for (Event event : LoggedTrials.life(epoch, new TrialId(SWEEP, number))) {
        written.add(log.write(event));
      }
    }
    Future.all(written).toCompletionStage().toCompletableFuture().get(5, TimeUnit.MINUTES);
  }

  private void ask(Member coordinator) throws Exception {
    memory("  the same before anything is asked", coordinator);
    String url = coordinator.served().orElseThrow();
    String trials = url + "/api/sweeps/" + SWEEP + "/trials";
    time("first page of the trials, promised p99 50 ms", coordinator, get(trials));
    time("  by loss", coordinator, get(trials + "?sort=test_loss&order=desc"));
    time("  by a parameter", coordinator, get(trials + "?sort=beta"));
    time("  of one state, page 50", coordinator, get(trials + "?state=completed&offset=5000"));
    time("how the sweep stands", coordinator, get(url + "/api/sweeps/" + SWEEP));
    time("a trial", coordinator, get(trials + "/0007"));
    String decode = url + "/api/sweeps/model/trials/0001/decode";
    time(
        "decode of one point, promised p50 5 ms, p99 20 ms",
        coordinator,
        HttpRequest.newBuilder(URI.create(decode))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"z\": [[0.5, -0.5, 1.0]]}"))
            .build());
  }

  private static HttpRequest get(String url) {
    return HttpRequest.newBuilder(URI.create(url)).build();
  }

  private void time(String what, Member asked, HttpRequest request) throws Exception {
    for (int i = 0; i < WARM_UP; i++) {
      send(request);
    }
    double[] millis = new double[settings.requests()];
    double before = asked.processorSeconds();
    for (int i = 0; i < millis.length; i++) {
      long began = System.nanoTime();
      send(request);
      millis[i] = (System.nanoTime() - began) * 1e-6;
    }
    double processor = (asked.processorSeconds() - before) * 1000 / millis.length;
    Arrays.sort(millis);
    report.row(
        what,
        String.format(
            Locale.ROOT,
            "p50 %.1f ms, p99 %.1f ms, most %.1f ms; %.1f ms of its processors",
            millis[millis.length / 2],
            millis[millis.length * 99 / 100],
            millis[millis.length - 1],
            processor));
  }

  private void send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IllegalStateException("%s answers %s".formatted(request, answer));
    }
  }

  private void stream(Installation system, Member coordinator) throws Exception {
    try (Streams streams = Streams.open(coordinator.served().orElseThrow(), settings.streams())) {
      system.submit(LIVE.yaml());
      report.say("%d streams are open".formatted(settings.streams()));
      double before = coordinator.processorSeconds();
      TimeUnit.SECONDS.sleep(settings.seconds());
      double processor = coordinator.processorSeconds() - before;
      long told = streams.last();
      Waiting.until(
          PATIENCE,
          "everybody is told what anybody was",
          () -> streams.haveAll(told) || !streams.losses().isEmpty(),
          () -> streams.losses().toString());
      report.problems(streams.losses());
      report.row(
          "%d streams for %d s, promised no loss".formatted(settings.streams(), settings.seconds()),
          "%d words, %d readers lost some; %.1f s of its processors"
              .formatted(streams.words(), streams.losses().size(), processor));
      if (streams.words() == 0) {
        report.problems(List.of("nobody was told anything"));
      }
    }
  }

  private void memory(String what, Member coordinator) {
    report.row(what, "%d MB".formatted(coordinator.residentBytes() >> 20));
  }
}
