package dev.elbow.acceptance;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real Prometheus makes of the figures of a real sweep, and of the files for it. */
class PrometheusIT {
  private static final String SOURCE = "Debian has it in the package prometheus";
  private static final Path DEPLOY = Path.of("..");
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path folder;

  @Test
  void everyExpressionOfTheBoardsIsAnsweredAndBothEndpointsAreClean() throws Exception {
    Tool prometheus = Tool.required("prometheus", SOURCE);
    Tool promtool = Tool.required("promtool", SOURCE);
    TinyImages.write(folder.resolve("data"));
    TinySweep.named("seen")
        .with("dataset", "{plugin: idx, path: tiny, validation: 0.1}")
        .with("training", "{epochs: 30, batchSize: 64}")
        .with("seeds", "[1, 2, 3, 4, 5, 6]")
        .write(folder);
    try (ElbowProcess broker = start("broker", "--home", "b", "--port", "0")) {
      String kafka = broker.printed("Kafka at (\\S+)");
      try (ElbowProcess coordinator = start("coordinator", "--kafka", kafka, "--port", "0");
          ElbowProcess worker = start("worker", "--kafka", kafka, "--slots", "1")) {
        String url = coordinator.printed("Coordinator at (\\S+)");
        String metrics = worker.printed(".*metrics at (\\S+)");
        try (Prometheus asked =
            Prometheus.start(prometheus, folder, authority(url), authority(metrics))) {
          await().atMost(PATIENCE).until(asked::isReady);
          // Rates need figures of before.
          await().atMost(PATIENCE).until(() -> asked.knows("sum(up) == 2"));
          submit(url);
          answersAll(asked);
        }
        clean(promtool, url + "/metrics");
        clean(promtool, metrics);
      }
    }
  }

  private ElbowProcess start(String command, String... options) throws Exception {
    List<String> shared =
        command.equals("broker") ? List.of() : List.of("--results", "sweeps", "--data", "data");
    return ElbowProcess.start(
        folder,
        Stream.of(Stream.of(command), Stream.of(options), shared.stream())
            .flatMap(part -> part)
            .toList());
  }

  private void submit(String url) throws Exception {
    ElbowProcess.Ended handed = ElbowProcess.run(folder, "submit", "sweep.yaml", "--url", url);
    assertEquals(0, handed.exitCode(), handed::toString);
  }

  private static void answersAll(Prometheus asked) throws Exception {
    Set<String> open = new LinkedHashSet<>(Boards.expressions());
    assertTrue(open.size() > 20, open::toString);
    await()
        .alias("expressions without an answer")
        .atMost(PATIENCE)
        .until(
            () -> {
              for (String expression : List.copyOf(open)) {
                if (asked.knows(expression)) {
                  open.remove(expression);
                }
              }
              return open;
            },
            Set::isEmpty);
  }

  private static String authority(String url) {
    return URI.create(url).getAuthority();
  }

  private void clean(Tool promtool, String url) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    String text = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    Path file = Files.writeString(folder.resolve("scraped.txt"), text);
    assertEquals("", promtool.run(file, "check", "metrics"), url);
  }

  @Test
  void theFilesForPrometheusAreGoodAndEveryAlertPassesItsTests() throws Exception {
    Tool promtool = Tool.required("promtool", SOURCE);
    Path nothing = Files.createFile(folder.resolve("nothing"));
    Path files = DEPLOY.resolve("prometheus");
    promtool.run(nothing, "check", "config", files.resolve("prometheus.yml").toString());
    checkCompose(promtool, nothing);
    try (Stream<Path> tests = Files.list(files.resolve("tests"))) {
      for (Path test : tests.sorted().toList()) {
        promtool.run(nothing, "test", "rules", test.toString());
      }
    }
  }

  // Its rules are mounted beside it, which is where it looks for them; secrets are elsewhere there.
  private void checkCompose(Tool promtool, Path nothing) throws Exception {
    String text = Files.readString(DEPLOY.resolve("compose/prometheus.yml"));
    Path token = Files.writeString(folder.resolve("elbow-read-token"), "reads-0123456789");
    String here = text.replace("/run/secrets/elbow-read-token", token.toString());
    Path config = Files.writeString(folder.resolve("c.yml"), here);
    Path beside = Files.createDirectory(folder.resolve("rules"));
    for (String rules : List.of("alerts.yml", "recording.yml")) {
      Files.copy(DEPLOY.resolve("prometheus/rules").resolve(rules), beside.resolve(rules));
    }
    String said = promtool.run(nothing, "check", "config", config.toString());
    assertTrue(said.contains("2 rule files found"), said);
  }
}
