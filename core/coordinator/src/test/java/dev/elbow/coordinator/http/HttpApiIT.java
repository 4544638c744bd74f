package dev.elbow.coordinator.http;

import static dev.elbow.coordinator.TestSystem.completed;
import static dev.elbow.coordinator.TestSystem.evaluation;
import static dev.elbow.coordinator.TestSystem.sweep;
import static dev.elbow.coordinator.TestSystem.until;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.elbow.api.FailureKind;
import dev.elbow.api.TrialId;
import dev.elbow.api.TrialOutcome;
import dev.elbow.coordinator.ScoreFiles;
import dev.elbow.coordinator.client.ClientException;
import dev.elbow.coordinator.client.ClientException.Reason;
import dev.elbow.coordinator.client.Curve;
import dev.elbow.coordinator.client.ElbowClient.Format;
import dev.elbow.coordinator.client.ProblemDocument;
import dev.elbow.coordinator.client.SubmittedSweep;
import dev.elbow.coordinator.client.SweepStatus;
import dev.elbow.coordinator.client.SweepUsage;
import dev.elbow.coordinator.client.TrialPage;
import dev.elbow.coordinator.client.TrialQuery;
import dev.elbow.coordinator.client.TrialStatus;
import dev.elbow.coordinator.client.WorkerList.WorkerStatus;
import dev.elbow.coordinator.results.Results;
import dev.elbow.coordinator.results.Row;
import dev.elbow.coordinator.results.ScoreTable;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class HttpApiIT extends HttpFixture {
  private static final TrialId FIRST = new TrialId("s", 1);
  private static final TrialId SECOND = new TrialId("s", 2);

  private static ClientException refused(Executable call) {
    return assertThrows(ClientException.class, call);
  }

  private HttpResponse<String> get(String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url + path)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }

  @Test
  void takesASweepOnceAndSaysWhereItIs() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/api/sweeps"))
            .header("Content-Type", "application/yaml; charset=utf-8")
            .POST(HttpRequest.BodyPublishers.ofString(sweep("s", 2)))
            .build();
    HttpResponse<String> first = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    assertEquals(201, first.statusCode());
    assertEquals("/api/sweeps/s", first.headers().firstValue("Location").orElseThrow());
    assertEquals("{\"sweep\":\"s\",\"trials\":2,\"created\":true,\"notices\":[]}", first.body());
    SubmittedSweep again = submit(sweep("s", 2));
    assertEquals(new SubmittedSweep("s", 2, false, List.of()), again);
    assertEquals(List.of("s"), client.sweeps().stream().map(SweepStatus::sweep).toList());
  }

  @Test
  void takesASweepInJson() throws Exception {
    String json =
        """
        {"name": "j", "dataset": {"plugin": "sprites", "orientations": 1, "positionsX": 2, "positionsY": 2},
         "encoder": {"plugin": "dense", "hidden": [4]}, "decoder": {"plugin": "dense", "hidden": [4]},
         "objective": "elbo"}
        """;
    SubmittedSweep submitted = client.submit(json.getBytes(StandardCharsets.UTF_8), Format.JSON);
    assertTrue(submitted.created());
    assertTrue(submitted.notices().get(0).contains("no validation split"));
  }

  @Test
  void refusesASweepWithAllProblemsAndTheirPlaces() {
    String text = sweep("s", 2).replace("objective: elbo", "objective: elbow\nencodr: {}");
    ClientException e = refused(() -> submit(text));
    ProblemDocument problem = e.problem().orElseThrow();
    assertEquals(Reason.REFUSED, e.reason());
    assertEquals(400, problem.status());
    assertEquals(ProblemDocument.INVALID_SWEEP, problem.type());
    assertEquals(2, problem.problems().size());
    assertEquals(5, problem.problems().get(0).line());
    assertTrue(problem.problems().get(0).in("s.yaml").startsWith("s.yaml:5:"));
    assertEquals("encodr", problem.problems().get(1).place());
    assertTrue(e.getMessage().endsWith("2 problems. Nothing was queued."), e.getMessage());
    assertTrue(system.coordinator().sweeps().isEmpty());
  }

  @Test
  void refusesAnotherSweepUnderTheSameNameAndNamesTheKeys() throws Exception {
    submit(sweep("s", 2));
    ClientException e = refused(() -> submit(sweep("s", 3)));
    ProblemDocument problem = e.problem().orElseThrow();
    assertEquals(409, problem.status());
    assertEquals(List.of("parameters.beta.values"), problem.differences());
    assertTrue(e.getMessage().contains("parameters.beta.values; delete it or rename this one"));
  }

  @Test
  void saysThatThereIsNoSuchSweepTrialOrFile() throws Exception {
    submit(sweep("s", 2));
    assertEquals("there is no sweep 'none'", refused(() -> client.sweep("none")).getMessage());
    assertEquals("there is no sweep 'none'", refused(() -> client.pause("none")).getMessage());
    assertEquals(
        "there is no sweep 'none'",
        refused(() -> client.trials("none", TrialQuery.FIRST)).getMessage());
    assertEquals(
        "there is no trial 0003 of sweep 's', which has trials 0001 to 0002",
        refused(() -> client.trial(new TrialId("s", 3))).getMessage());
    assertEquals(
        "s/0001 has no file 'vae.onnx'",
        refused(() -> client.file(FIRST, "vae.onnx")).getMessage());
    assertEquals("there is nothing at /api/sweep", field(get("/api/sweep"), 404, "detail"));
  }

  private static String field(HttpResponse<String> response, int status, String name)
      throws Exception {
    assertEquals(status, response.statusCode(), response.body());
    assertEquals(
        "application/problem+json", response.headers().firstValue("Content-Type").orElse(""));
    return new ObjectMapper().readTree(response.body()).get(name).asText();
  }

  @Test
  void showsTrialsByThePageInTheOrderAskedFor() throws Exception {
    submit(sweep("s", 12));
    system.worker(1, trial -> ending(trial.number()));
    until(() -> client.sweep("s").finished());
    TrialQuery worst = new TrialQuery("validation_loss", true, List.of("completed"), 3, 1);
    TrialPage page = client.trials("s", worst);
    assertEquals(11, page.total());
    assertEquals(List.of("beta"), page.parameters());
    assertEquals(
        List.of("0011", "0010", "0009"), page.trials().stream().map(TrialStatus::trial).toList());
    assertEquals(Map.of("beta", 11.0), page.trials().get(0).parameters());
    assertEquals(111.0, page.trials().get(0).figures().get("validation_loss"));
    List<TrialStatus> last =
        client.trials("s", new TrialQuery("test_loss", false, List.of(), 100, 11)).trials();
    assertEquals("DIVERGED", last.get(0).failure());
    assertEquals("loss is NaN", last.get(0).message());
    assertEquals(
        "0012",
        client.trials("s", new TrialQuery("beta", true, List.of(), 1, 0)).trials().get(0).trial());
  }

  private static Optional<TrialOutcome> ending(int number) {
    return Optional.of(
        number == 5
            ? new TrialOutcome.Failed(FailureKind.DIVERGED, "loss is NaN", 1)
            : completed(100 + number));
  }

  @Test
  void tellsAllTrialsByTheColumn() throws Exception {
    submit(sweep("s", 6));
    system.worker(1, trial -> ending(trial.number()));
    until(() -> client.sweep("s").finished());
    JsonNode columns = new ObjectMapper().readTree(get("/api/sweeps/s/columns").body());
    assertEquals("[1,2,3,4,5,6]", columns.at("/parameters/beta").toString().replace(".0", ""));
    assertEquals("failed", columns.at("/states/4").asText());
    assertEquals("DIVERGED", columns.at("/failures/4").asText());
    assertEquals(101, columns.at("/figures/validation_loss/0").asDouble());
    assertTrue(columns.at("/figures/validation_loss/4").isNull());
    assertEquals("[0,0,0,0,0,0]", columns.at("/yardstick").toString());
    assertEquals("sprites", columns.at("/yardsticks/0/dataset").asText());
    assertEquals("bernoulli", columns.at("/yardsticks/0/likelihood").asText());
    assertEquals("fixed", columns.at("/yardsticks/0/targets").asText());
  }

  @Test
  void tellsScoresOfTheEndsOfTrialsAndThoseThatWereComputedLater() throws Exception {
    submit(sweep("s", 3) + "scores: [mig]\n");
    system.worker(1, trial -> Optional.of(scored(trial.number())));
    until(() -> client.sweep("s").finished());
    ScoreTable later = new ScoreTable();
    later.put(2, 1, Map.of("sap_all", 0.5));
    ScoreFiles.add(results.resolve("s"), later);
    JsonNode columns = new ObjectMapper().readTree(get("/api/sweeps/s/columns").body());
    assertEquals("[0.125,0.25,0.375]", columns.at("/figures/mig").toString());
    assertEquals("[null,0.5,null]", columns.at("/figures/sap_all").toString());
    TrialQuery best = new TrialQuery("mig", true, List.of(), 1, 0);
    assertEquals("0003", client.trials("s", best).trials().get(0).trial());
    TrialQuery scored = new TrialQuery("sap_all", true, List.of(), 1, 0);
    assertEquals(0.5, client.trials("s", scored).trials().get(0).figures().get("sap_all"));
    assertEquals(List.of("mig", "sap_all"), client.results("s").scores());
    assertEquals(
        client.results("s").rows().get(1).figures(),
        Results.read(results.resolve("s")).rows().get(1).figures());
  }

  private static TrialOutcome scored(int number) {
    TrialOutcome.Completed plain = (TrialOutcome.Completed) completed(100 + number);
    return new TrialOutcome.Completed(
        plain.last(),
        plain.onnxMaxAbsError(),
        plain.seconds(),
        plain.imagesPerSecond(),
        Map.of("mig", number / 8.0));
  }

  @Test
  void lossesThatAreMeasuredOtherwiseHaveAnotherYardstick() throws Exception {
    submit(
        sweep("s", 2)
            .replace("{beta:", "{objective.likelihood: {values: [bernoulli, gaussian]}, beta:"));
    JsonNode columns = new ObjectMapper().readTree(get("/api/sweeps/s/columns").body());
    assertEquals("[0,0,1,1]", columns.at("/yardstick").toString());
    assertEquals("gaussian [sigma=1.0]", columns.at("/yardsticks/1/likelihood").asText());
  }

  @Test
  void showsTrialsThatWereNeverQueued() throws Exception {
    submit(sweep("s", 300));
    TrialPage page = client.trials("s", new TrialQuery("trial", true, List.of("queued"), 2, 0));
    assertEquals(300, page.total());
    assertEquals("0300", page.trials().get(0).trial());
    assertEquals(0, page.trials().get(0).attempts());
    client.cancel("s");
    assertEquals("cancelled", client.trial(new TrialId("s", 300)).state());
    assertEquals(
        300, client.trials("s", new TrialQuery("beta", false, List.of("cancelled"), 1, 0)).total());
  }

  @Test
  void saysAllThatIsWrongWithAQuestion() throws Exception {
    submit(sweep("s", 1));
    HttpResponse<String> response =
        get("/api/sweeps/s/trials?sort=los&order=up&limit=0&offset=-1&state=done&page=2");
    String detail = field(response, 400, "detail");
    assertEquals(6, detail.lines().count(), detail);
    assertTrue(detail.contains("limit: found '0', expected an integer from 1 to 1000"), detail);
    assertTrue(detail.contains("page: unknown, expected one of sort, order"), detail);
  }

  @Test
  void givesTheSameTableAsTheResultsFolder() throws Exception {
    submit(sweep("s", 8));
    system.worker(2, trial -> ending(trial.number()));
    until(() -> client.sweep("s").finished());
    Results there = Results.read(results.resolve("s"));
    assertEquals(there.csv(), client.results("s").csv());
    assertEquals(there.goal(), client.results("s").goal());
    assertEquals(8, client.results("s").rows().size());
    assertEquals(1, client.results("s").bestFirst().rows().get(0).trial());
  }

  @Test
  void pausesResumesCancelsAndRetriesSweeps() throws Exception {
    submit(sweep("s", 20));
    assertTrue(client.pause("s").paused());
    system.worker(1, trial -> trial.number() == 1 ? Optional.of(completed(1)) : Optional.empty());
    assertFalse(client.resume("s").paused());
    system.untilTaken(SECOND);
    assertEquals(19, client.cancel("s").cancelled());
    until(() -> client.sweep("s").finished());
    SweepStatus again = client.retry("s");
    assertEquals(0, again.cancelled());
    assertEquals("minimize", again.goal().direction());
    assertEquals("validation_loss", again.goal().column());
    assertEquals("0001", again.best().orElseThrow().trial());
  }

  @Test
  void cancelsAndRetriesOneTrialAndSaysWhenItsStateForbidsThat() throws Exception {
    submit(sweep("s", 2));
    system.worker(1, trial -> Optional.empty());
    system.untilTaken(FIRST);
    until(
        () ->
            client.trial(FIRST).execution().filter(e -> e.phase().equals("training")).isPresent());
    assertEquals("cancelled", client.cancel(FIRST).state());
    assertEquals(
        "s/0001 is cancelled; only queued and running trials can be cancelled",
        refused(() -> client.cancel(FIRST)).getMessage());
    assertEquals("cancelled", client.cancel(SECOND).state());
    assertEquals(2, client.sweep("s").cancelled());
    assertEquals("queued", client.retry(SECOND).state());
    ClientException e = refused(() -> client.retry(SECOND));
    assertEquals(ProblemDocument.WRONG_STATE, e.problem().orElseThrow().type());
  }

  @Test
  void saysWhatDeletingWouldFreeAndThenDeletes() throws Exception {
    submit(sweep("s", 3));
    system.worker(1, trial -> trial.equals(FIRST) ? Optional.of(completed(1)) : Optional.empty());
    system.untilTaken(SECOND);
    until(() -> client.sweep("s").completed() == 1);
    SweepUsage usage = client.usage("s");
    assertEquals(1, usage.trials());
    assertEquals(5, usage.files(), "with the lock of its tables");
    assertTrue(usage.sizeBytes() > 0);
    assertEquals(usage, client.delete("s"));
    assertEquals("there is no sweep 's'", refused(() -> client.sweep("s")).getMessage());
    assertEquals("there is no sweep 's'", refused(() -> client.delete("s")).getMessage());
    assertEquals("there is no sweep 's'", refused(() -> client.usage("s")).getMessage());
    assertEquals(List.of(), client.sweeps());
    assertFalse(Files.exists(results.resolve("s")));
    assertTrue(submit(sweep("s", 2)).created());
    until(() -> client.trial(FIRST).attempts() == 1);
  }

  @Test
  void prunesModelsAndSaysOfThoseThatAreGoneThatTheyWere() throws Exception {
    submit(sweep("s", 3));
    system.worker(1, trial -> Optional.of(completed(100 - trial.number())));
    until(() -> client.sweep("s").finished());
    SweepUsage usage = client.prunable("s", "best:1");
    assertEquals(new SweepUsage("s", 2, 2, 2 * "model".length(), List.of("0003")), usage);
    assertEquals(usage, client.prune("s", "best:1"));
    assertEquals(0, client.prune("s", "best:1").files());
    assertEquals(List.of("trial.json"), client.trial(FIRST).files());
    ClientException gone = refused(() -> client.file(FIRST, "vae.onnx"));
    assertEquals(ProblemDocument.PRUNED, gone.problem().orElseThrow().type());
    assertEquals("vae.onnx of s/0001 was removed by prune", gone.getMessage());
    assertEquals(3, client.results("s").rows().size());
    assertFalse(submit(sweep("s", 3)).created());
    assertEquals(
        "question: keep: found 'best:0', expected best:N, as in best:3",
        refused(() -> client.prune("s", "best:0")).getMessage().replaceAll(" +", " "));
    HttpRequest bare =
        HttpRequest.newBuilder(URI.create(url + "/api/sweeps/s/prune"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    HttpResponse<String> missing = HttpClient.newHttpClient().send(bare, BodyHandlers.ofString());
    assertTrue(field(missing, 400, "detail").contains("missing, expected best:N"));
  }

  @Test
  void servesTheFilesOfATrialAndNothingElse() throws Exception {
    submit(sweep("s", 1));
    system.worker(1, trial -> Optional.of(completed(1)));
    until(() -> client.sweep("s").finished());
    Path folder = results.resolve("s/trials/0001");
    byte[] large = new byte[3_000_000];
    for (int i = 0; i < large.length; i++) {
      large[i] = (byte) (i * 31 >> 3);
    }
    Files.write(folder.resolve("decoder.onnx"), large);
    Files.writeString(folder.resolve("secret.txt"), "secret");
    Files.createSymbolicLink(folder.resolve("samples.png"), folder.resolve("secret.txt"));
    assertEquals(List.of("decoder.onnx", "trial.json", "vae.onnx"), client.trial(FIRST).files());
    assertEquals(3_000_000, client.trial(FIRST).fileBytes().get("decoder.onnx"));
    try (InputStream file = client.file(FIRST, "decoder.onnx")) {
      assertArrayEquals(large, file.readAllBytes());
    }
    refused(() -> client.file(FIRST, "secret.txt"));
    refused(() -> client.file(FIRST, "samples.png"));
    refused(() -> client.file(FIRST, "../../sweep.yaml"));
    assertEquals(
        404, get("/api/sweeps/s/trials/0001/files/..%2f..%2f..%2fsweep.yaml").statusCode());
    assertEquals(
        404, get("/api/sweeps/s/trials/0001/files/%2e%2e/%2e%2e/results.csv").statusCode());
    HttpResponse<String> model = get("/api/sweeps/s/trials/1/files/vae.onnx");
    assertEquals("application/octet-stream", model.headers().firstValue("Content-Type").get());
    assertEquals("model", model.body());
  }

  @Test
  void showsTheCurveOfARunningTrialAndOfAnEndedOne() throws Exception {
    submit(sweep("s", 1));
    system.worker(1, trial -> Optional.empty());
    system.untilTaken(FIRST);
    system.measure(FIRST, evaluation(120));
    until(() -> client.curve(FIRST).points().size() == 1);
    Curve running = client.curve(FIRST);
    assertFalse(running.complete());
    assertEquals(120.0, running.points().get(0).figures().get("test_loss"));
    system.end(FIRST, completed(110));
    until(() -> client.sweep("s").finished());
    Files.writeString(
        results.resolve("s/trials/0001/metrics.csv"),
        "epoch,train_objective,test_loss,validation_loss,step\n"
            + "1,NaN,115.5,,10\n"
            + "2,111,112.25,,20\n");
    Curve ended = client.curve(FIRST);
    assertTrue(ended.complete());
    assertEquals(2, ended.points().size());
    assertEquals(Map.of("test_loss", 115.5), ended.points().get(0).figures());
    assertEquals(20, ended.points().get(1).step());
  }

  @Test
  void showsTheLatentDimensionsOfARunningTrialAndOfAnEndedOne() throws Exception {
    submit(sweep("s", 1));
    system.worker(1, trial -> Optional.empty());
    system.untilTaken(FIRST);
    system.measure(FIRST, evaluation(120));
    until(() -> client.curve(FIRST).points().size() == 1);
    assertEquals(
        "{\"sweep\":\"s\",\"trial\":\"0001\",\"complete\":false,\"points\":"
            + "[{\"epoch\":1,\"step\":10,\"kl\":[1.0],\"mu_variance\":[0.5]}]}",
        get("/api/sweeps/s/trials/1/latents").body());
    system.end(FIRST, completed(110));
    until(() -> client.sweep("s").finished());
    Files.writeString(
        results.resolve("s/trials/0001/latents.csv"),
        "epoch,dimension,kl,mu_variance,step\n1,0,2,0.5,10\n1,1,0,0,10\n");
    assertEquals(
        "{\"sweep\":\"s\",\"trial\":\"0001\",\"complete\":true,\"points\":"
            + "[{\"epoch\":1,\"step\":10,\"kl\":[2.0,0.0],\"mu_variance\":[0.5,0.0]}]}",
        get("/api/sweeps/s/trials/1/latents").body());
  }

  @Test
  void showsTheRateDistortionCurveOfATrialThatHasOne() throws Exception {
    submit(sweep("s", 1));
    system.worker(1, trial -> Optional.of(completed(110)));
    until(() -> client.sweep("s").finished());
    assertEquals(
        "{\"sweep\":\"s\",\"trial\":\"0001\",\"points\":[]}",
        get("/api/sweeps/s/trials/1/rate-distortion").body());
    Files.writeString(
        results.resolve("s/trials/0001/rate_distortion.csv"),
        "beta,validation_loss,test_loss\n0.1,,99.5\n10,,NaN\n");
    assertEquals(
        "{\"sweep\":\"s\",\"trial\":\"0001\",\"points\":"
            + "[{\"beta\":0.1,\"figures\":{\"test_loss\":99.5}},{\"beta\":10.0,\"figures\":{}}]}",
        get("/api/sweeps/s/trials/1/rate-distortion").body());
  }

  @Test
  void tellsMachinesHowItIs() throws Exception {
    metrics.counter("elbow_test_total").increment();
    system.worker(3, trial -> Optional.empty());
    until(() -> client.workers().size() == 1);
    WorkerStatus worker = client.workers().get(0);
    assertEquals(3, worker.slots());
    assertTrue(worker.plugins().contains("encoder/dense"));
    assertTrue(worker.silentSeconds() < 2);
    assertTrue(worker.knownSeconds() >= worker.silentSeconds());
    assertEquals("{\"status\":\"live\"}", get("/health/live").body());
    String ready = get("/health/ready").body();
    assertTrue(
        ready.startsWith("{\"status\":\"ready\",\"role\":\"active\",\"leader\":\"c-"), ready);
    HttpResponse<String> scraped = get("/metrics");
    assertTrue(scraped.body().contains("elbow_test_total 1.0"), scraped.body());
    assertEquals(
        "text/plain; version=0.0.4; charset=utf-8",
        scraped.headers().firstValue("Content-Type").orElseThrow());
    assertTrue(
        client.plugins().stream()
            .anyMatch(plugin -> plugin.kind().equals("encoder") && plugin.name().equals("dense")));
  }

  @Test
  void listsThousandsOfTrialsInMilliseconds() throws Exception {
    submit(
        sweep("s", 1)
            .replace("{values: [1]}", "{min: 0.1, max: 10}")
            .replace("plugin: grid", "plugin: random, trials: 10000"));
    long[] nanos = new long[200];
    for (int i = 0; i < nanos.length; i++) {
      long begin = System.nanoTime();
      client.trials("s", TrialQuery.FIRST);
      nanos[i] = System.nanoTime() - begin;
    }
    java.util.Arrays.sort(nanos);
    System.out.printf(
        "first page of 10,000 trials: p50 %.1f ms, p99 %.1f ms%n",
        nanos[100] / 1e6, nanos[198] / 1e6);
    assertTrue(nanos[100] < 50_000_000, () -> "median %.1f ms".formatted(nanos[100] / 1e6));
    List<Row> none = client.results("s").rows();
    assertTrue(none.isEmpty());
  }
}
