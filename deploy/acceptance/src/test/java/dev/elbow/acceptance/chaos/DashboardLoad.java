package dev.elbow.acceptance.chaos;

import static dev.elbow.acceptance.browser.BrowserPage.there;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.elbow.acceptance.browser.BrowserPage;
import dev.elbow.acceptance.browser.Chromium;
import dev.elbow.api.TrialId;
import dev.elbow.messaging.Event;
import io.vertx.core.Future;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * The dashboard with many trials, in a real browser: what a coordinator that has just started
 * answers first, how soon the page is painted, how long each move of a brush takes while trials are
 * evaluated, and whether the browser's memory grows. Times mean something on a machine that does
 * nothing else.
 */
final class DashboardLoad {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String SWEEP = "many";
  private static final int SLOTS = 4;
  private static final int EVALUATIONS = 20;
  private static final int ROUNDS = 6;
  private static final int MOVES = 30;
  private static final int TO_RUN = 400;
  private static final int SIDE = 62;
  static final String YAML =
      """
      name: many
      description: Ten thousand trials over β and three more.
      tags: [load]
      dataset: {plugin: idx, path: tiny}
      encoder: {plugin: dense, hidden: [32]}
      decoder: {plugin: dense, hidden: [32]}
      objective: {plugin: elbo, likelihood: bernoulli}
      training: {epochs: 50}
      parameters:
        beta: {min: 0.05, max: 20, scale: log}
        latent: {values: [2, 3, 5, 10, 20]}
        learningRate: {min: 0.0001, max: 0.01, scale: log}
        batchSize: {values: [32, 64, 128]}
      search: {plugin: random, trials: %d}
      """;
  private static final String SEEN =
      """
      window.seen = {};
      const look = () => {
        const mark = (name, there) => { if (there && !(name in seen)) seen[name] = performance.now(); };
        mark('how it stands', document.querySelector('.strip b')?.textContent);
        mark('points', document.querySelector('.layered > canvas')?.width > 300);
        mark('lines', document.querySelector('.parallel-stage canvas')?.width > 300);
        mark('rows', document.querySelector('table.trials tbody tr'));
        mark('curves', document.querySelectorAll('.curves canvas').length === 3);
        requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
      """;
  private static final String TIMES =
      """
      (() => {
        const columns = performance.getEntriesByType('resource').find((one) => one.name.endsWith('/columns'));
        return {'first paint': performance.getEntriesByName('first-contentful-paint')[0]?.startTime, ...seen,
          'columns asked': columns.startTime, 'columns there': columns.responseEnd, 'columns bytes': columns.encodedBodySize};
      })()
      """;
  // From the hand's move to when the frame that shows it is done.
  private static final String WATCHED =
      """
      window.moves = [];
      document.querySelector('.parallel-stage').addEventListener('pointermove', (event) => {
        if (event.buttons === 0) return;
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => moves.push(performance.now() - event.timeStamp);
          port2.postMessage(0);
        });
      }, true);
      """;
  private static final String TASKS =
      """
      window.tasks = [];
      new PerformanceObserver((list) => list.getEntries().forEach((one) => tasks.push(one.duration))).observe({type: 'longtask'});
      """;

  private final Report report;
  private final int trials;
  private final Duration watched;

  /**
   * @param watched for how long its memory is looked at
   */
  DashboardLoad(Report report, int trials, Duration watched) {
    this.report = report;
    this.trials = trials;
    this.watched = watched;
  }

  void run(Path folder) throws Exception {
    try (Installation system = Installation.in(folder, new Installation.Size(1, 1, 0, 1))) {
      system.start();
      Member coordinator = system.coordinators().get(0);
      system.submit(YAML.formatted(trials));
      MadeUpTrials madeUp = new MadeUpTrials(betas(system, coordinator));
      coordinator.ask();
      coordinator.awaitEnd();
      write(system, madeUp);
      look(system, coordinator, madeUp, folder);
      report.problems(system.end());
    }
  }

  List<Double> betas(Installation system, Member coordinator) throws Exception {
    String url = coordinator.served().orElseThrow();
    JsonNode columns =
        new ObjectMapper().readTree(system.read(url + "/api/sweeps/" + SWEEP + "/columns"));
    List<Double> betas = new ArrayList<>();
    columns.get("parameters").get("beta").forEach(beta -> betas.add(beta.asDouble()));
    return betas;
  }

  void write(Installation system, MadeUpTrials madeUp) throws Exception {
    long epoch = system.log().ask(History::epoch);
    List<Future<Long>> written = new ArrayList<>();
    for (int number = 1; number <= trials - TO_RUN; number++) {
      TrialId trial = new TrialId(SWEEP, number);
      madeUp.writeCurve(system.results(), trial);
      for (Event event : madeUp.life(epoch, trial)) {
        written.add(system.log().write(event));
      }
    }
    Future.all(written).toCompletionStage().toCompletableFuture().get(5, TimeUnit.MINUTES);
    report.say("%d trials have ended".formatted(trials - TO_RUN));
  }

  private void look(Installation system, Member coordinator, MadeUpTrials madeUp, Path folder)
      throws Exception {
    try (Chromium chromium = Chromium.start(program(), folder)) {
      BrowserPage page = chromium.open(1440, 900);
      page.call("Page.addScriptToEvaluateOnNewDocument", Map.of("source", SEEN));
      coordinator.start();
      String url = coordinator.awaitServed(PATIENCE);
      report.say("the coordinator has started again");
      paint("just started", page, url);
      paint("once more", page, url);
      MadeUpWorker worker = MadeUpWorker.start(system.kafka(), madeUp, SLOTS, EVALUATIONS);
      try (worker) {
        page.until(
            there(".curves + .caption", "The best 16") + "?.textContent.includes('running')");
        page.value(TASKS);
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(20));
        report.row("tasks over 50 ms in 20 s of news", distribution(page, "tasks"));
        page.picture(folder.resolve("dashboard.png"));
        brush(page);
        memory(page);
        report.problems(page.problems());
      }
    }
  }

  private static Path program() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(place -> Path.of(place, "chromium"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new StuckException("there is no chromium in PATH"));
  }

  private void paint(String when, BrowserPage page, String url) {
    page.go("about:blank");
    page.until("location.href === 'about:blank'");
    page.go(url + "/#/sweeps/" + SWEEP);
    page.until(
        "window.seen && ['points', 'lines', 'rows', 'curves'].every((name) => name in seen)");
    page.value(TIMES)
        .properties()
        .forEach(
            time ->
                report.row(
                    when + ": " + time.getKey(), "%.0f".formatted(time.getValue().asDouble())));
  }

  private void brush(BrowserPage page) {
    page.value(WATCHED);
    String stage = there(".parallel-stage");
    double first = SIDE / page.value(stage + ".clientWidth").asDouble();
    for (int round = 0; round < ROUNDS; round++) {
      BrowserPage.Point from = page.point(stage, first, 0.2);
      BrowserPage.Point to = page.point(stage, first, 0.8);
      page.mouse("mousePressed", from, 1);
      for (int move = 1; move <= MOVES; move++) {
        double share = Math.abs(Math.sin(move * 0.15));
        page.mouse(
            "mouseMoved",
            new BrowserPage.Point(from.x(), from.y() + share * (to.y() - from.y())),
            1);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(15));
      }
      page.mouse("mouseReleased", to, 0);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1500));
    }
    report.row("a move of a brush, promised under 100 ms", distribution(page, "moves"));
  }

  private static String distribution(BrowserPage page, String name) {
    List<Double> taken = new ArrayList<>();
    page.value("window." + name).forEach(millis -> taken.add(millis.asDouble()));
    double[] millis = taken.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    if (millis.length == 0) {
      return "n = 0";
    }
    return String.format(
        Locale.ROOT,
        "n = %d, median %.0f ms, p90 %.0f ms, most %.0f ms, over 100 ms: %d",
        millis.length,
        millis[millis.length / 2],
        millis[millis.length * 9 / 10],
        millis[millis.length - 1],
        Arrays.stream(millis).filter(one -> one > 100).count());
  }

  private void memory(BrowserPage page) {
    long end = System.nanoTime() + watched.toNanos();
    List<String> megabytes = new ArrayList<>();
    do {
      page.call("HeapProfiler.collectGarbage", Map.of());
      double used = page.call("Runtime.getHeapUsage", Map.of()).get("usedSize").asDouble();
      megabytes.add(String.format(Locale.ROOT, "%.1f", used / (1 << 20)));
      LockSupport.parkNanos(
          Math.min(TimeUnit.SECONDS.toNanos(30), Math.max(1, end - System.nanoTime())));
    } while (System.nanoTime() < end);
    report.row("heap of the page every 30 s, MB", String.join(" ", megabytes));
  }
}
