package dev.elbow.scores;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.data.Factor;
import dev.elbow.api.plugin.Options;
import dev.elbow.api.plugin.Score;
import dev.elbow.testkit.KnownCodes;
import dev.elbow.testkit.RandomArrays;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scores of codes and factors in a file equal what Python made of the same file. */
class ScoresTest {
  private static final double CLOSE = 1e-6;
  private static final List<Factor> FACTORS =
      List.of(
          new Factor("colour", List.of(0.0)),
          new Factor("shape", List.of(0.0, 1.0, 2.0)),
          new Factor("scale", List.of(0.5, 0.6, 0.75, 1.0)),
          new Factor("place", List.of(0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 1.0)));

  private static BufferedReader resource(String name) {
    return new BufferedReader(
        new InputStreamReader(ScoresTest.class.getResourceAsStream("/scores/" + name), UTF_8));
  }

  private static KnownCodes model() throws IOException {
    List<String[]> lines;
    try (BufferedReader reader = resource("codes.csv")) {
      lines = reader.lines().map(line -> line.split(",")).toList();
    }
    int[][] indices = new int[lines.size()][4];
    float[][] means = new float[lines.size()][5];
    for (int i = 0; i < indices.length; i++) {
      for (int f = 0; f < 4; f++) {
        indices[i][f] = Integer.parseInt(lines.get(i)[f]);
      }
      for (int d = 0; d < 5; d++) {
        means[i][d] = Float.parseFloat(lines.get(i)[4 + d]);
      }
    }
    return new KnownCodes(FACTORS, indices, means);
  }

  private static double expected(String key) throws IOException {
    Properties properties = new Properties();
    try (BufferedReader reader = resource("expected.properties")) {
      properties.load(reader);
    }
    return Double.parseDouble(properties.getProperty(key));
  }

  private static Map<String, Double> compute(
      Score score, KnownCodes model, Map<String, Object> given) {
    return score.compute(model, Options.check(score.options(), given).orThrow());
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 20, 50})
  void migEqualsPythons(int bins) throws IOException {
    double found = compute(new MigScore(), model(), Map.of("bins", bins)).get("mig");
    assertEquals(expected("mig." + bins), found, CLOSE);
  }

  @Test
  void sapEqualsPythons() throws IOException {
    assertEquals(expected("sap"), compute(new SapScore(), model(), Map.of()).get("sap"), CLOSE);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.02, 0.1})
  void dciEqualsPythons(double alpha) throws IOException {
    Map<String, Double> found = compute(new DciScore(), model(), Map.of("alpha", alpha));
    for (String part : List.of("disentanglement", "completeness", "informativeness")) {
      String key = "dci.%s.%s".formatted(alpha, part);
      assertEquals(expected(key), found.get("dci_" + part), CLOSE, key);
    }
  }

  /** Codes whose first dimensions are the factors, or have nothing to do with them. */
  private static KnownCodes plain(boolean disentangled) throws IOException {
    KnownCodes model = model();
    float[][] means = new float[model.indices().length][];
    for (int i = 0; i < means.length; i++) {
      means[i] = RandomArrays.normal(3, i);
      for (int d = 0; d < 3 && disentangled; d++) {
        means[i][d] = model.indices()[i][d + 1];
      }
    }
    return new KnownCodes(FACTORS, model.indices(), means);
  }

  @Test
  void codesThatAreTheFactorsHaveTheHighestScores() throws IOException {
    KnownCodes model = plain(true);
    assertTrue(compute(new MigScore(), model, Map.of()).get("mig") > 0.97);
    assertTrue(compute(new SapScore(), model, Map.of()).get("sap") > 0.85);
    assertEquals(1, compute(new FactorVaeScore(), model, Map.of()).get("factor_vae_score"));
    Map<String, Double> dci = compute(new DciScore(), model, Map.of("alpha", 0.1));
    assertTrue(dci.get("dci_disentanglement") > 0.99, dci::toString);
    assertTrue(dci.get("dci_completeness") > 0.99, dci::toString);
  }

  @Test
  void codesThatHaveNothingToDoWithTheFactorsHaveScoresOfChance() throws IOException {
    KnownCodes model = plain(false);
    assertTrue(compute(new MigScore(), model, Map.of()).get("mig") < 0.05);
    assertTrue(compute(new SapScore(), model, Map.of()).get("sap") < 0.05);
    double vote = compute(new FactorVaeScore(), model, Map.of()).get("factor_vae_score");
    assertTrue(vote < 0.5, () -> "three factors, chance is a third, found " + vote);
  }

  @Test
  void aModelThatEncodesNothingHasNoFactorVaeScore() throws IOException {
    KnownCodes model = new KnownCodes(FACTORS, model().indices(), new float[600][3]);
    assertEquals(0, compute(new FactorVaeScore(), model, Map.of()).get("factor_vae_score"));
  }
}
