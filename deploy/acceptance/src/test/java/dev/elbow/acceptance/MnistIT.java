package dev.elbow.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Figures on MNIST that people know. */
@EnabledIfSystemProperty(
    named = "elbow.data",
    matches = ".+",
    disabledReason = "needs MNIST: give -Delbow.data=DIR, where DIR/mnist holds its four files")
@Order(2)
class MnistIT {
  @TempDir Path folder;

  @Test
  void theTutorialReachesTheLossThatItsReadersReport() throws Exception {
    // One of its three seeds: each of the others takes as long, on one of two cores.
    String example = Files.readString(Path.of("..", "examples", "mnist-tutorial.yaml"));
    String yaml = example.replace("seeds: [1, 2, 3]", "seeds: [1]");
    List<JsonNode> runs = results(Files.writeString(folder.resolve("mnist-tutorial.yaml"), yaml));
    assertEquals(1, runs.size());
    JsonNode run = runs.get(0);
    assertEquals(105.6, figure(run, "test_loss"), 0.5);
    assertTrue(figure(run, "onnx_max_abs_error") <= 1e-4, run::toString);
  }

  @Test
  void aLargerBetaBuysASmallerRateWithAGreaterDistortion() throws Exception {
    String yaml =
        TinySweep.named("beta")
            .with("dataset", "{plugin: idx, path: mnist}")
            .with("encoder", "{plugin: dense, hidden: [400]}")
            .with("decoder", "{plugin: dense, hidden: [400]}")
            .with("training", "{epochs: 1, batchSize: 128}")
            .with("parameters", "{latent: 10, beta: {values: [0, 0.5, 1, 4]}}")
            .with("seeds", "[1]")
            .yaml();
    Map<Double, JsonNode> byBeta = new TreeMap<>();
    for (JsonNode run : results(Files.writeString(folder.resolve("beta.yaml"), yaml))) {
      byBeta.put(run.get("parameters").get("beta").asDouble(), run);
    }
    List<JsonNode> ascending = new ArrayList<>(byBeta.values());
    assertEquals(4, ascending.size());
    for (int i = 1; i < ascending.size(); i++) {
      JsonNode smaller = ascending.get(i - 1);
      JsonNode larger = ascending.get(i);
      assertTrue(figure(larger, "test_kl") < figure(smaller, "test_kl"), larger::toString);
      assertTrue(
          figure(larger, "test_reconstruction") > figure(smaller, "test_reconstruction"),
          larger::toString);
    }
  }

  private static double figure(JsonNode run, String column) {
    return run.get(column).asDouble();
  }

  private List<JsonNode> results(Path sweep) throws IOException, InterruptedException {
    String data = System.getProperty("elbow.data");
    ElbowProcess.Ended run =
        ElbowProcess.run(folder, "run", sweep.toString(), "--home", "home", "--data", data);
    assertEquals(0, run.exitCode(), run::toString);
    String name = sweep.getFileName().toString().replace(".yaml", "");
    ElbowProcess.Ended results =
        ElbowProcess.run(folder, "results", name, "--home", "home", "--format", "json");
    List<JsonNode> rows = new ArrayList<>();
    for (String line : results.out().lines().toList()) {
      rows.add(new ObjectMapper().readTree(line));
    }
    return rows;
  }
}
