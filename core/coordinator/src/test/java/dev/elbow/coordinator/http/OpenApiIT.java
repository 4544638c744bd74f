package dev.elbow.coordinator.http;

import static dev.elbow.coordinator.TestSystem.completed;
import static dev.elbow.coordinator.TestSystem.done;
import static dev.elbow.coordinator.TestSystem.evaluation;
import static dev.elbow.coordinator.TestSystem.sweep;
import static dev.elbow.coordinator.TestSystem.until;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.elbow.api.FailureKind;
import dev.elbow.api.TrialId;
import dev.elbow.api.TrialOutcome;
import dev.elbow.coordinator.registry.ModelName;
import dev.elbow.coordinator.registry.Registry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** That the document which is served tells what is served. */
class OpenApiIT extends HttpFixture {
  private static final String JSON = "application/json";
  private static final String YAML = "application/yaml";
  private static final String TRIAL = "/api/sweeps/s/trials/0001";
  private static final TrialId RUNNING = new TrialId("s", 3);

  private final HttpClient http = HttpClient.newHttpClient();
  private ApiDocument document;

  @BeforeEach
  void read() throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/openapi.yaml")).build();
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    assertEquals(YAML, response.headers().firstValue("Content-Type").orElseThrow());
    document = ApiDocument.read(system.vertx(), response.body());
  }

  @Test
  void tellsEveryRouteAndNoOther() {
    PrometheusMeterRegistry figures = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    HttpEndpoint endpoint = new HttpEndpoint(system.coordinator(), HttpSettings.on(0, figures));
    done(system.vertx().deployVerticle(endpoint));
    Set<String> served = new TreeSet<>();
    endpoint.routes().stream()
        .filter(route -> route.getPath() != null)
        .forEach(
            route ->
                route
                    .methods()
                    .forEach(
                        method ->
                            served.add(
                                method + " " + route.getPath().replaceAll(":([a-z]+)", "{$1}"))));
    assertEquals(document.operations(), served);
  }

  @Test
  void everyAnswerIsAsItSays() throws Exception {
    askAboutSweeps();
    askAboutTrials();
    askModels();
    askAboutNamedModels();
    askAboutTheSystem();
    changeThem();
    assertEquals(document.operations(), document.used());
  }

  private void askAboutSweeps() throws Exception {
    check(201, "POST", "/api/sweeps", YAML, sweep("s", 4));
    check(200, "POST", "/api/sweeps", YAML, sweep("s", 4));
    check(409, "POST", "/api/sweeps", YAML, sweep("s", 2));
    check(400, "POST", "/api/sweeps", YAML, "name: [1, ");
    check(200, "GET", "/api/sweeps/s");
    system.worker(1, trial -> end(trial.number()));
    system.untilTaken(RUNNING);
    system.measure(RUNNING, evaluation(120));
    until(() -> !client.curve(RUNNING).points().isEmpty());
    until(() -> client.sweep("s").completed() == 1 && client.sweep("s").failed() == 1);
    until(() -> client.trial(RUNNING).execution().isPresent());
    check(200, "GET", "/api/sweeps");
    check(200, "GET", "/api/sweeps?name=s");
    check(200, "GET", "/api/sweeps?name=t");
    check(400, "GET", "/api/sweeps?nme=s");
    check(200, "GET", "/api/sweeps/s");
    check(404, "GET", "/api/sweeps/t");
    check(200, "GET", "/api/sweeps/s/usage");
    check(200, "GET", "/api/sweeps/s/usage?keep=best:1");
    check(200, "POST", "/api/sweeps/s/pause", JSON, "");
    check(200, "POST", "/api/sweeps/s/resume", JSON, "");
  }

  private static Optional<TrialOutcome> end(int trial) {
    return switch (trial) {
      case 1 -> Optional.of(completed(1));
      case 2 -> Optional.of(new TrialOutcome.Failed(FailureKind.DIVERGED, "loss is NaN", 1));
      default -> Optional.empty();
    };
  }

  private void askAboutTrials() throws Exception {
    Files.writeString(results.resolve("s/trials/0001/trial.json"), "{\"sweep\": \"s\"}");
    check(200, "GET", "/api/sweeps/s/trials?sort=beta&order=desc&state=completed&state=running");
    check(200, "GET", "/api/sweeps/s/trials");
    check(400, "GET", "/api/sweeps/s/trials?sort=los&limit=0");
    check(200, "GET", "/api/sweeps/s/columns");
    check(404, "GET", "/api/sweeps/t/columns");
    check(200, "GET", "/api/sweeps/s/trials/1");
    check(200, "GET", "/api/sweeps/s/trials/0003");
    check(200, "GET", "/api/sweeps/s/trials/0003/curve");
    check(200, "GET", "/api/sweeps/s/trials/0003/latents");
    Files.writeString(
        results.resolve("s/trials/0001/rate_distortion.csv"), "beta,test_loss\n0.1,99.5\n");
    check(200, "GET", TRIAL + "/rate-distortion");
    check(200, "GET", TRIAL + "/files/trial.json");
    check(200, "GET", TRIAL + "/files/vae.onnx");
    check(404, "GET", TRIAL + "/files/none");
  }

  private void askModels() throws Exception {
    GoldenModel.copyTo(results.resolve("s/trials/0001"));
    String images = askModels(TRIAL);
    check(404, "GET", TRIAL + "/images");
    Files.write(results.resolve("s/trials/0001/reconstructions.png"), picture(images));
    check(200, "GET", TRIAL + "/images");
    check(400, "GET", TRIAL + "/images?count=1");
    check(400, "POST", TRIAL + "/decode", JSON, "{\"z\": [[1]]}");
    check(409, "POST", "/api/sweeps/s/trials/0003/sample", JSON, "{}");
  }

  private String askModels(String place) throws Exception {
    String images = "{\"x\": [%s]}".formatted(Collections.nCopies(24, 0.5));
    check(200, "POST", place + "/encode", JSON, images);
    check(200, "POST", place + "/reconstruct", JSON, images);
    check(200, "POST", place + "/decode", JSON, "{\"z\": [[1, -0.5], [0, 0]]}");
    check(200, "POST", place + "/sample", JSON, "{\"count\": 2, \"seed\": 1}");
    check(200, "POST", place + "/traverse", JSON, "{\"dimensions\": [1], \"steps\": 3}");
    return images;
  }

  private void askAboutNamedModels() throws Exception {
    check(200, "GET", "/api/models");
    Path trial = results.resolve("s/trials/0001");
    Files.writeString(
        trial.resolve("trial.json"),
        "{\"trial\": {\"sweep\": \"s\", \"number\": 1}, \"data\": {\"sha256\": \"cafe\"}}");
    new Registry(results).promote(trial, ModelName.parse("digits:2"));
    check(200, "GET", "/api/models");
    check(200, "GET", "/api/models/digits");
    check(200, "GET", "/api/models/digits/2");
    check(200, "GET", "/api/models/digits/2/files/vae.onnx");
    check(200, "GET", "/api/models/digits/2/files/trial.json");
    askModels("/api/models/digits/2");
    check(404, "POST", "/api/models/digits/3/sample", JSON, "{}");
    for (String unknown :
        List.of("faces", "digits/1", "digits/2/files/none", "digits/x", "digits:2", "Digits/2")) {
      check(404, "GET", "/api/models/" + unknown);
    }
  }

  private byte[] picture(String images) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + TRIAL + "/reconstruct"))
            .header("Content-Type", JSON)
            .header("Accept", "image/png")
            .POST(BodyPublishers.ofString(images))
            .build();
    return http.send(request, BodyHandlers.ofByteArray()).body();
  }

  private void askAboutTheSystem() throws Exception {
    check(200, "POST", "/api/validate", YAML, sweep("t", 3));
    check(200, "POST", "/api/validate", YAML, "name: [1, ");
    for (String path : List.of("plugins", "workers", "unreadable", "examples")) {
      check(200, "GET", "/api/" + path);
    }
    check(200, "GET", "/health/live");
    check(200, "GET", "/health/ready");
    check(200, "GET", "/metrics");
    check(200, "GET", "/openapi.yaml");
    HttpRequest stream = HttpRequest.newBuilder(URI.create(url + "/api/events")).build();
    HttpResponse<InputStream> words = http.send(stream, BodyHandlers.ofInputStream());
    words.body().close();
    checkAnswer("GET", "/api/events", words.statusCode(), type(words), "");
  }

  private void changeThem() throws Exception {
    check(200, "POST", "/api/sweeps/s/trials/0003/cancel", JSON, "");
    check(409, "POST", TRIAL + "/cancel", JSON, "");
    check(200, "POST", "/api/sweeps/s/cancel", JSON, "");
    check(200, "POST", "/api/sweeps/s/trials/0002/retry", JSON, "");
    check(200, "POST", "/api/sweeps/s/retry", JSON, "");
    check(200, "POST", "/api/sweeps/s/cancel", JSON, "");
    check(200, "POST", "/api/sweeps/s/prune?keep=best:1", JSON, "");
    check(200, "DELETE", "/api/sweeps/s");
    // Neither of the two touches a model that has a name.
    check(200, "GET", "/api/models/digits/2/files/vae.onnx");
    check(200, "POST", "/api/models/digits/2/sample", JSON, "{}");
    check(404, "DELETE", "/api/sweeps/s");
  }

  private void check(int status, String method, String path) throws Exception {
    check(status, method, path, JSON, "");
  }

  private void check(int status, String method, String path, String type, String body)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Content-Type", type)
            .method(method, BodyPublishers.ofString(body))
            .build();
    HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
    String text = new String(response.body(), StandardCharsets.UTF_8);
    assertEquals(status, response.statusCode(), () -> method + " " + path + "\n" + text);
    if (status < 400) {
      document.checkRequest(method, path, type, body);
    }
    checkAnswer(method, path, status, type(response), text);
  }

  private void checkAnswer(String method, String path, int status, String type, String body) {
    document.checkAnswer(method, path, status, type.toLowerCase(Locale.ROOT), body);
  }

  private static String type(HttpResponse<?> response) {
    return response.headers().firstValue("Content-Type").orElse("");
  }
}
