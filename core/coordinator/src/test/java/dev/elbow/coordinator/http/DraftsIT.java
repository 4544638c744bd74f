package dev.elbow.coordinator.http;

import static dev.elbow.coordinator.TestSystem.sweep;
import static dev.elbow.coordinator.TestSystem.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.elbow.coordinator.client.ClientException;
import dev.elbow.coordinator.sweep.Problem;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DraftsIT extends HttpFixture {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final HttpClient http = HttpClient.newHttpClient();

  private JsonNode validate(String text) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/api/validate"))
            .header("Content-Type", "application/yaml")
            .POST(BodyPublishers.ofString(text))
            .build();
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    assertEquals(200, response.statusCode(), response.body());
    return JSON.readTree(response.body());
  }

  @Test
  void tellsTheProblemsThatSubmittingTells() throws Exception {
    String text = sweep("s", 2).replace("objective: elbo", "objective: elbow\nencodr: {}");
    JsonNode check = validate(text);
    assertFalse(check.get("valid").asBoolean());
    assertTrue(check.get("plan").isNull());
    assertEquals(submitted(text), problems(check));
    assertEquals(submitted("name: [1, "), problems(validate("name: [1, ")));
    assertEquals(List.of(), system.coordinator().sweeps());
  }

  private List<Problem> submitted(String text) {
    try {
      submit(text);
      return List.of();
    } catch (ClientException e) {
      return e.problem().orElseThrow().problems();
    }
  }

  private static List<Problem> problems(JsonNode check) {
    List<Problem> problems = new ArrayList<>();
    for (JsonNode found : check.get("problems")) {
      problems.add(
          new Problem(
              found.get("line").asInt(),
              found.get("column").asInt(),
              found.get("place").asText(),
              found.get("message").asText()));
    }
    return problems;
  }

  @Test
  void tellsWhatASweepWouldTrainAndQueuesNothing() throws Exception {
    system.worker(3, trial -> Optional.empty());
    until(() -> client.workers().size() == 1);
    JsonNode check = validate(sweep("s", 2) + "seeds: [4, 5]\n");
    assertTrue(check.get("valid").asBoolean(), check::toString);
    JsonNode plan = check.get("plan");
    assertEquals("s", plan.get("sweep").asText());
    assertFalse(plan.get("known").asBoolean());
    assertEquals(4, plan.get("trials").asInt());
    assertEquals(2, plan.get("seeds").asInt());
    assertEquals("[\"beta\"]", plan.get("parameters").toString());
    assertEquals(1, plan.get("model_count").asInt());
    assertEquals(4, plan.at("/models/0/trials").asInt());
    assertTrue(plan.at("/models/0/weights").asLong() > 10_000);
    assertEquals(3, plan.get("slots").asInt());
    assertTrue(plan.get("complete").asBoolean());
    assertEquals(List.of(), system.coordinator().sweeps());
  }

  @Test
  void saysThatASweepOfThatNameIsThere() throws Exception {
    submit(sweep("s", 2));
    assertTrue(validate(sweep("s", 3)).at("/plan/known").asBoolean());
  }

  @Test
  void givesExamplesAndSaysWhichLackTheirData() throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/api/examples")).build();
    JsonNode examples =
        JSON.readTree(http.send(request, BodyHandlers.ofString()).body()).get("examples");
    JsonNode first = examples.get(0);
    assertEquals("quickstart", first.get("name").asText());
    assertTrue(first.get("usable").asBoolean());
    assertTrue(first.get("about").asText().startsWith("Start here"), first::toString);
    assertTrue(validate(first.get("text").asText()).get("valid").asBoolean());
    JsonNode mnist = examples.get(ExampleFile.NAMES.indexOf("mnist-tutorial"));
    assertFalse(mnist.get("usable").asBoolean());
    assertTrue(mnist.get("reason").asText().contains("no --data folder was given"));
  }
}
