package dev.elbow.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Broker and worker as processes of their own. */
class ServicesIT {
  @TempDir Path folder;

  @Test
  void aBrokerAndAWorkerServeUntilTheyAreAskedToEnd() throws Exception {
    try (ElbowProcess broker = start("broker", "--home", "b", "--port", "0")) {
      String kafka = broker.printed("Kafka at (\\S+)");
      refusesASecondIn("b", broker.pid());
      ElbowProcess.Ended made = ElbowProcess.run(folder, "topics", "--create", "--kafka", kafka);
      assertEquals(0, made.exitCode(), made::toString);
      try (ElbowProcess worker = start("worker", "--home", "w", "--slots", "1", "--kafka", kafka)) {
        String metrics = worker.printed(".*metrics at (\\S+)");
        assertEquals(200, status(metrics.replace("/metrics", "/health/ready")));
        assertEquals(200, status(metrics.replace("/metrics", "/health/live")));
        assertTrue(body(metrics).contains("elbow_slots{state=\"free\"} 1.0"), body(metrics));
        endsWell(worker);
      }
      endsWell(broker);
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
    return ask(url).statusCode();
  }

  private static String body(String url) throws Exception {
    return ask(url).body();
  }

  private static HttpResponse<String> ask(String url) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static void endsWell(ElbowProcess process) throws Exception {
    process.terminate();
    ElbowProcess.Ended ended = process.await();
    assertEquals(0, ended.exitCode(), ended::toString);
    assertFalse(ended.err().contains("\tat "), ended::toString);
  }
}
