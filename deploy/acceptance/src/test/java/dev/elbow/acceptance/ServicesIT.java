package dev.elbow.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Broker, coordinator and worker as processes of their own. */
class ServicesIT {
  private static final String READ = "reads-0123456789";
  private static final String TOKENS = "read: %s\nwrite: writes-0123456789\n".formatted(READ);

  @TempDir Path folder;

  @Test
  void eachServesThoseWhoMayAskUntilItIsAskedToEnd() throws Exception {
    try (ElbowProcess broker = start("broker", "--home", "b", "--port", "0")) {
      String kafka = broker.printed("Kafka at (\\S+)");
      refusesASecondIn("b", broker.pid());
      ElbowProcess.Ended made = ElbowProcess.run(folder, "topics", "--create", "--kafka", kafka);
      assertEquals(0, made.exitCode(), made::toString);
      String tokens = tokens().toString();
      asksACoordinatorWithATokenAlone(kafka, tokens);
      try (ElbowProcess worker =
          start("worker", "--home=w", "--slots=1", "--kafka", kafka, "--token-file", tokens)) {
        String metrics = worker.printed(".*metrics at (\\S+)");
        assertEquals(401, ask(metrics, "nobody").statusCode());
        assertEquals(200, status(metrics.replace("/metrics", "/health/ready")));
        assertEquals(200, status(metrics.replace("/metrics", "/health/live")));
        assertTrue(body(metrics).contains("elbow_slots{state=\"free\"} 1.0"), body(metrics));
        endsWell(worker);
      }
      endsWell(broker);
    }
  }

  private Path tokens() throws Exception {
    Path file = Files.writeString(folder.resolve("tokens"), TOKENS);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private void asksACoordinatorWithATokenAlone(String kafka, String tokens) throws Exception {
    try (ElbowProcess coordinator =
        start(
            "coordinator",
            "--home=c",
            "--port=0",
            "--bind=127.0.0.2",
            "--kafka",
            kafka,
            "--token-file",
            tokens)) {
      String url = coordinator.printed("Coordinator at (http://127.0.0.2:\\S+)");
      ElbowProcess.Ended known =
          ElbowProcess.run(folder, "list", "--url", url, "--token-file", tokens);
      assertEquals(0, known.exitCode(), known::toString);
      ElbowProcess.Ended stranger = ElbowProcess.run(folder, "list", "--url", url);
      assertEquals(2, stranger.exitCode(), stranger::toString);
      assertTrue(stranger.err().contains("a token is needed: --token-file"), stranger::toString);
      endsWell(coordinator);
    }
  }

  private void refusesASecondIn(String home, long pid) throws Exception {
    ElbowProcess.Ended second = ElbowProcess.run(folder, "broker", "--home", home, "--port", "0");
    assertEquals(3, second.exitCode(), second::toString);
    assertTrue(second.err().contains("in use by process " + pid), second::toString);
  }

  private ElbowProcess start(String... arguments) throws Exception {
    return ElbowProcess.start(folder, List.of(arguments));
  }

  private static int status(String url) throws Exception {
    return ask(url, READ).statusCode();
  }

  private static String body(String url) throws Exception {
    return ask(url, READ).body();
  }

  private static HttpResponse<String> ask(String url, String token) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Bearer " + token).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static void endsWell(ElbowProcess process) throws Exception {
    process.terminate();
    ElbowProcess.Ended ended = process.await();
    assertEquals(0, ended.exitCode(), ended::toString);
    assertFalse(ended.err().contains("\tat "), ended::toString);
  }
}
