package dev.elbow.coordinator.http;

import static dev.elbow.coordinator.TestSystem.completed;
import static dev.elbow.coordinator.TestSystem.sweep;
import static dev.elbow.coordinator.TestSystem.until;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.elbow.api.FailureKind;
import dev.elbow.api.TrialId;
import dev.elbow.api.TrialOutcome;
import dev.elbow.coordinator.client.ProblemDocument;
import dev.elbow.coordinator.client.SweepStatus;
import io.vertx.core.WorkerExecutor;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Trial 1 has the golden model, 2 has failed, 3 is not queued. */
class InferenceIT extends HttpFixture {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeEach
  void train() throws Exception {
    submit(sweep("s", 3));
    system.worker(1, trial -> end(trial.number()));
    system.untilTaken(new TrialId("s", 3));
    until(this::haveAllBegun);
    GoldenModel.copyTo(folder());
  }

  private boolean haveAllBegun() throws Exception {
    SweepStatus now = client.sweep("s");
    return now.completed() == 1 && now.failed() == 1 && now.running() == 1;
  }

  private static Optional<TrialOutcome> end(int trial) {
    return switch (trial) {
      case 1 -> Optional.of(completed(1));
      case 2 -> Optional.of(new TrialOutcome.Failed(FailureKind.DIVERGED, "loss is NaN", 1));
      default -> Optional.empty();
    };
  }

  private Path folder() {
    return results.resolve("s/trials/0001");
  }

  private HttpRequest request(String trial, String question, String accept, String body) {
    return HttpRequest.newBuilder(
            URI.create("%s/api/sweeps/s/trials/%s/%s".formatted(url, trial, question)))
        .header("Content-Type", "application/json")
        .header("Accept", accept)
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private HttpResponse<byte[]> ask(String question, String accept, String body) throws Exception {
    return http.send(request("0001", question, accept, body), BodyHandlers.ofByteArray());
  }

  private JsonNode answer(String question, String body) throws Exception {
    HttpResponse<byte[]> response = ask(question, "application/json", body);
    assertEquals(200, response.statusCode(), () -> new String(response.body()));
    return JSON.readTree(response.body());
  }

  private JsonNode problem(int status, HttpRequest request) throws Exception {
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    assertEquals(status, response.statusCode(), response.body());
    return JSON.readTree(response.body());
  }

  private static float[] values(JsonNode rows) {
    float[] values = new float[rows.size() * rows.get(0).size()];
    for (int i = 0; i < values.length; i++) {
      JsonNode row = rows.get(i / rows.get(0).size());
      values[i] = row.get(i % row.size()).floatValue();
    }
    return values;
  }

  /** Two images, of which the golden model's values are known. */
  private static List<List<Float>> images() {
    return IntStream.range(0, 2)
        .mapToObj(n -> IntStream.range(24 * n, 24 * n + 24).mapToObj(i -> i / 48f).toList())
        .toList();
  }

  private static String body(String name, Object value) throws Exception {
    return JSON.writeValueAsString(Collections.singletonMap(name, value));
  }

  @Test
  void encodesAndDecodesAsTheFilesDo() throws Exception {
    JsonNode encoded = answer("encode", body("x", images()));
    assertArrayEquals(GoldenModel.expected("mu"), values(encoded.get("mu")), 1e-6f);
    assertArrayEquals(GoldenModel.expected("logvar"), values(encoded.get("logvar")), 1e-6f);
    float[] z = GoldenModel.expected("z");
    List<List<Float>> codes = List.of(List.of(z[0], z[1]), List.of(z[2], z[3]));
    JsonNode decoded = answer("decode", body("z", codes));
    assertEquals("[1,4,6]", decoded.get("shape").toString());
    assertArrayEquals(GoldenModel.expected("xHat"), values(decoded.get("x_hat")), 1e-6f);
  }

  @Test
  void reconstructsTheMeanUnlessASeedIsGiven() throws Exception {
    JsonNode mean = answer("reconstruct", body("x", images()));
    assertEquals(mean.get("mu"), mean.get("z"));
    JsonNode decoded = answer("decode", "{\"z\": %s}".formatted(mean.get("mu")));
    assertArrayEquals(values(decoded.get("x_hat")), values(mean.get("x_hat")), 1e-6f);
    String seeded = "{\"x\": %s, \"seed\": 7}".formatted(JSON.writeValueAsString(images()));
    JsonNode drawn = answer("reconstruct", seeded);
    assertNotEquals(drawn.get("mu"), drawn.get("z"));
    assertEquals(drawn, answer("reconstruct", seeded));
  }

  @Test
  void drawsTheSameSamplesFromTheSameSeed() throws Exception {
    JsonNode four = answer("sample", "{\"count\": 4, \"seed\": 5}");
    assertEquals(four, answer("sample", "{\"seed\": 5, \"count\": 4}"));
    assertNotEquals(four, answer("sample", "{\"count\": 4, \"seed\": 6}"));
    JsonNode usual = answer("sample", "");
    assertEquals(16, usual.get("z").size());
    assertEquals(usual, answer("sample", "{\"seed\": 0}"));
    JsonNode decoded = answer("decode", "{\"z\": %s}".formatted(four.get("z")));
    assertArrayEquals(values(decoded.get("x_hat")), values(four.get("x_hat")), 1e-6f);
  }

  @Test
  void traversesOneDimensionAfterTheOther() throws Exception {
    String question = "{\"z\": [[0.5, -1]], \"from\": -2, \"to\": 2, \"steps\": 3";
    JsonNode all = answer("traverse", question + "}");
    assertEquals("[0,1]", all.get("dimensions").toString());
    assertEquals("[-2.0,0.0,2.0]", all.get("values").toString());
    assertEquals(
        "[[-2.0,-1.0],[0.0,-1.0],[2.0,-1.0],[0.5,-2.0],[0.5,0.0],[0.5,2.0]]",
        all.get("z").toString());
    JsonNode second = answer("traverse", question + ", \"dimensions\": [1]}");
    assertEquals(all.get("x_hat").get(4), second.get("x_hat").get(1));
    String image = JSON.writeValueAsString(images().subList(0, 1));
    JsonNode encoded = answer("encode", "{\"x\": %s}".formatted(image));
    JsonNode around = answer("traverse", "{\"x\": %s, \"steps\": 1}".formatted(image));
    assertEquals(encoded.at("/mu/0/1"), around.at("/z/0/1"));
    assertEquals(22, answer("traverse", "{}").get("x_hat").size());
  }

  @Test
  void answersWithAPictureWhereOneIsAccepted() throws Exception {
    assertEquals(200, size("sample", "{\"count\": 10}", 8, 2));
    assertEquals(200, size("decode", "{\"z\": [[0, 0], [1, 1]]}", 2, 1));
    String four = "{\"z\": [[0, 0], [1, 1], [0, 1], [1, 0]], \"columns\": ";
    assertEquals(200, size("decode", four + "2}", 2, 2));
    assertEquals(200, size("decode", four + "9}", 4, 1));
    assertEquals(200, size("traverse", "{\"steps\": 5}", 5, 2));
    HttpResponse<byte[]> rows = ask("reconstruct", "image/png", body("x", images()));
    assertEquals(8 + 2 * 50 - 2 + 8, read(rows).getWidth());
    assertEquals(
        "application/json",
        ask("sample", "image/png;q=0.5, */*", "{}").headers().firstValue("Content-Type").get());
    assertEquals(406, ask("encode", "image/png", body("x", images())).statusCode());
    assertEquals(406, ask("sample", "text/html", "{}").statusCode());
  }

  private int size(String question, String body, int columns, int rows) throws Exception {
    HttpResponse<byte[]> response = ask(question, "image/png", body);
    assertEquals("image/png", response.headers().firstValue("Content-Type").orElseThrow());
    BufferedImage picture = read(response);
    // Each image is drawn eight times as large: 48 by 32 pixels; 2 lie between them and 8 around
    // all.
    assertEquals(16 + columns * 50 - 2, picture.getWidth());
    assertEquals(16 + rows * 34 - 2, picture.getHeight());
    return response.statusCode();
  }

  private static BufferedImage read(HttpResponse<byte[]> response) throws Exception {
    return ImageIO.read(new ByteArrayInputStream(response.body()));
  }

  private HttpResponse<byte[]> images(String accept) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/api/sweeps/s/trials/0001/images"))
            .header("Accept", accept)
            .build();
    return http.send(request, BodyHandlers.ofByteArray());
  }

  @Test
  void givesTheTestImagesOfItsPictureAsTheEncoderTakesThem() throws Exception {
    assertEquals(404, images("*/*").statusCode());
    byte[] picture = ask("reconstruct", "image/png", body("x", images())).body();
    Files.write(folder().resolve("reconstructions.png"), picture);
    JsonNode shown = JSON.readTree(images("application/json").body());
    assertEquals("[1,4,6]", shown.get("shape").toString());
    float[] original = new float[48];
    for (int i = 0; i < 48; i++) {
      original[i] = i / 48f;
    }
    assertArrayEquals(original, values(shown.get("x")), 0.5f / 255 + 1e-6f);
    JsonNode encoded = answer("encode", "{\"x\": %s}".formatted(shown.get("x")));
    assertEquals(encoded.get("mu"), shown.get("mu"));
    assertArrayEquals(GoldenModel.expected("mu"), values(encoded.get("mu")), 0.05f);
    assertEquals(16 + 2 * 50 - 2, read(images("image/png")).getWidth());
    Files.write(folder().resolve("reconstructions.png"), new byte[100]);
    JsonNode refused = JSON.readTree(images("*/*").body());
    assertEquals(404, refused.get("status").asInt());
    assertTrue(refused.get("detail").asText().startsWith("its test images cannot be shown"));
  }

  @Test
  void refusesWhatTheModelCannotTakeAndSaysWhatItExpects() throws Exception {
    String code =
        "an array of 2 numbers from -1000000.0 to 1000000.0: a code of 2 latent dimensions";
    refused(
        "decode", "{}", "z: found nothing, expected an array of 1 to 256 examples, each " + code);
    refused("decode", "{\"z\": [[1, 2, 3]]}", "z[0]: found 3 values, expected " + code);
    refused("decode", "{\"z\": [[1, 2], [1, NaN]]}", "body: no JSON: Non-standard token 'NaN'");
    refused(
        "decode", "{\"z\": [[1, 1e99]]}", "z[0][1]: found 1.0E99, expected a number from -1000000");
    refused("decode", "{\"z\": [[1, \"2\"]]}", "z[0][1]: found a text, expected a number");
    refused("decode", "{\"z\": [[1, null]]}", "z[0][1]: found null, expected a number");
    refused("decode", "{\"z\": [1, 2]}", "z[0]: found a number, expected " + code);
    refused("decode", "{\"z\": [[1, 2]], \"z\": 1}", "Duplicate field 'z'");
    refused("decode", "[[1, 2]]", "body: found an array, expected a JSON object");
    refused("decode", "{\"z\": [[1, 2]", "body: no JSON");
    refused("decode", "{\"z\": %s}".formatted("[".repeat(5000)), "body: no JSON");
    refused("decode", "{\"z\": [[1, 2]], \"columns\": 0}", "columns: found 0, expected an integer");
    refused("decode", "{\"z\": [[1, 2]], \"seed\": 1}", "seed: unknown, expected one of z");
    refused(
        "encode",
        "{\"x\": [[0.5]]}",
        "expected an array of 24 numbers from 0.0 to 1.0: an image of [1, 4, 6]");
    refused("encode", body("x", List.of(Collections.nCopies(24, 1.5))), "x[0][0]: found 1.5");
    refused("sample", "{\"count\": 257}", "count: found 257, expected an integer from 1 to 256");
    refused("sample", "{\"count\": 1.5, \"seed\": \"a\"}", "count: found 1.5");
    refused("sample", "{\"count\": 1.5, \"seed\": \"a\"}", "seed: found a text");
    refused(
        "traverse",
        "{\"dimensions\": [0, 2]}",
        "dimensions[1]: found 2, expected an integer from 0 to 1");
    refused("traverse", "{\"dimensions\": [1, 1]}", "different integers from 0 to 1");
    refused("traverse", "{\"z\": [[0, 0]], \"x\": [[0]]}", "x: found beside z");
    refused(
        "traverse",
        "{\"z\": [[0, 0], [1, 1]]}",
        "z: found 2 examples, expected an array of 1 to 1");
  }

  private void refused(String question, String body, String expected) throws Exception {
    JsonNode problem = problem(400, request("0001", question, "*/*", body));
    assertEquals(ProblemDocument.INVALID_QUESTION, problem.get("type").asText());
    String detail = problem.get("detail").asText().replaceAll(" +", " ");
    assertTrue(detail.contains(expected), () -> body + "\n" + detail);
  }

  @Test
  void saysWhyATrialHasNoModel() throws Exception {
    assertEquals("s/0002 is failed and has no model", detail(404, "0002"));
    assertEquals("s/0003 is running; only a trial that has ended has a model", detail(409, "0003"));
    assertTrue(detail(404, "0004").startsWith("there is no trial 0004 of sweep 's'"));
    assertEquals("there is no trial 'x' of sweep 's'", detail(404, "x"));
    Path model = folder().resolve("decoder.onnx");
    Files.move(model, results.resolve("moved.onnx"));
    Files.createSymbolicLink(model, results.resolve("moved.onnx"));
    assertEquals("s/0001 is completed and has no model", detail(404, "0001"));
    HttpRequest yaml =
        HttpRequest.newBuilder(URI.create(url + "/api/sweeps/s/trials/0001/sample"))
            .header("Content-Type", "application/yaml")
            .POST(BodyPublishers.ofString("{}"))
            .build();
    assertTrue(problem(415, yaml).get("detail").asText().endsWith("expected application/json"));
  }

  private String detail(int status, String trial) throws Exception {
    return problem(status, request(trial, "sample", "*/*", "{}")).get("detail").asText();
  }

  @Test
  void knowsAModelNoMoreThatWasDeletedOrReplaced() throws Exception {
    assertEquals(200, ask("sample", "*/*", "{}").statusCode());
    Files.delete(folder().resolve("vae.onnx"));
    assertEquals("s/0001 is completed and has no model", detail(404, "0001"));
    Files.writeString(folder().resolve("vae.onnx"), "no model");
    JsonNode broken = problem(500, request("0001", "sample", "*/*", "{}"));
    assertFalse(broken.toString().contains(results.toString()), broken::toString);
    GoldenModel.copyTo(folder());
    assertEquals(200, ask("sample", "*/*", "{}").statusCode());
    client.cancel("s");
    until(() -> client.sweep("s").finished());
    client.delete("s");
    assertEquals("there is no sweep 's'", detail(404, "0001"));
  }

  @Test
  void refusesMoreQuestionsThanCanWaitAndAnswersTheOthers() throws Exception {
    CountDownLatch free = new CountDownLatch(1);
    // The same threads, since they have the same name.
    String name = "elbow-inference-" + system.vertx().deploymentIDs().iterator().next();
    WorkerExecutor threads = system.vertx().createSharedWorkerExecutor(name, 2);
    for (int thread = 0; thread < 2; thread++) {
      threads.executeBlocking(
          () -> {
            free.await();
            return null;
          },
          false);
    }
    List<CompletableFuture<HttpResponse<String>>> asked =
        IntStream.range(0, 20)
            .mapToObj(i -> request("0001", "sample", "*/*", "{}"))
            .map(request -> http.sendAsync(request, BodyHandlers.ofString()))
            .toList();
    until(() -> asked.stream().filter(CompletableFuture::isDone).count() == 2);
    List<HttpResponse<String>> refused =
        asked.stream().filter(CompletableFuture::isDone).map(CompletableFuture::join).toList();
    free.countDown();
    for (HttpResponse<String> response : refused) {
      assertEquals(503, response.statusCode());
      assertEquals("1", response.headers().firstValue("Retry-After").orElseThrow());
      assertEquals(ProblemDocument.BUSY, JSON.readTree(response.body()).get("type").asText());
    }
    int[] statuses = asked.stream().mapToInt(answer -> answer.join().statusCode()).toArray();
    assertEquals(18, Arrays.stream(statuses).filter(status -> status == 200).count());
    assertEquals(200, ask("sample", "*/*", "{}").statusCode());
    threads.close();
  }
}
