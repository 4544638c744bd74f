package dev.elbow.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.elbow.acceptance.chaos.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A Prometheus with the rules of {@code deploy/prometheus}, which scrapes every second. */
final class Prometheus implements AutoCloseable {
  private static final Path RULES = Path.of("..", "prometheus", "rules").toAbsolutePath();

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final Path log;
  private final String url;

  private Prometheus(Process process, Path log, String url) {
    this.process = process;
    this.log = log;
    this.url = url;
  }

  /**
   * Starts it.
   *
   * @param folder for its data
   * @param coordinator and {@code worker}: {@code host:port} of what is scraped
   */
  static Prometheus start(Tool program, Path folder, String coordinator, String worker)
      throws IOException {
    Path config = Files.writeString(folder.resolve("prometheus.yml"), config(coordinator, worker));
    String address = "127.0.0.1:" + FreePorts.take(1).get(0);
    Path log = folder.resolve("prometheus.log");
    Process process =
        program.start(
            log,
            List.of(
                "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve("prometheus"),
                "--web.listen-address=" + address));
    return new Prometheus(process, log, "http://" + address);
  }

  private static String config(String coordinator, String worker) {
    return """
        global: {scrape_interval: 1s, evaluation_interval: 1s}
        rule_files: ["%s/*.yml"]
        scrape_configs:
          - job_name: elbow-coordinator
            static_configs: [{targets: ["%s"]}]
          - job_name: elbow-worker
            static_configs: [{targets: ["%s"]}]
        """
        .formatted(RULES.normalize(), coordinator, worker);
  }

  /** Whether an expression has a value that is a number, of at least one series. */
  boolean knows(String expression) throws IOException, InterruptedException {
    return Boards.children(ask(expression).path("data").path("result"))
        .map(series -> series.get("value").get(1).asText())
        .anyMatch(value -> Double.isFinite(Double.parseDouble(value.replace("Inf", "Infinity"))));
  }

  private JsonNode ask(String expression) throws IOException, InterruptedException {
    URI query = URI.create(url + "/api/v1/query?query=" + URLEncoder.encode(expression, UTF_8));
    String answer =
        http.send(HttpRequest.newBuilder(query).build(), BodyHandlers.ofString()).body();
    JsonNode found = new ObjectMapper().readTree(answer);
    if (!found.path("status").asText().equals("success")) {
      throw new AssertionError(expression + "\n" + answer);
    }
    return found;
  }

  /** Whether it answers. */
  boolean isReady() throws InterruptedException {
    if (!process.isAlive()) {
      throw new AssertionError("Prometheus has ended\n" + said());
    }
    HttpRequest ready = HttpRequest.newBuilder(URI.create(url + "/-/ready")).build();
    try {
      return http.send(ready, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false; // it does not listen yet
    }
  }

  private String said() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }
}
