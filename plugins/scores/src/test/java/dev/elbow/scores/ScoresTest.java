package dev.elbow.scores;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.plugin.Options;
import dev.elbow.api.plugin.Score;
import dev.elbow.api.score.Codes;
import dev.elbow.testkit.KnownCodes;
import dev.elbow.testkit.RandomArrays;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scores of codes and factors in a file equal what Python made of the same file. */
class ScoresTest {
  private static final double CLOSE = 1e-6;

  private static Map<String, Double> compute(
      Score score, KnownCodes model, Map<String, Object> given) {
    return score.compute(model, Options.check(score.options(), given).orThrow());
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 20, 50})
  void migEqualsPythons(int bins) throws IOException {
    double found = compute(new MigScore(), Fixtures.model(), Map.of("bins", bins)).get("mig");
    assertEquals(Fixtures.expected("mig." + bins), found, CLOSE);
  }

  @Test
  void sapEqualsPythons() throws IOException {
    assertEquals(
        Fixtures.expected("sap"),
        compute(new SapScore(), Fixtures.model(), Map.of()).get("sap"),
        CLOSE);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.02, 0.1})
  void dciEqualsPythons(double alpha) throws IOException {
    Map<String, Double> found = compute(new DciScore(), Fixtures.model(), Map.of("alpha", alpha));
    for (String part : List.of("disentanglement", "completeness", "informativeness")) {
      String key = "dci.%s.%s".formatted(alpha, part);
      assertEquals(Fixtures.expected(key), found.get("dci_" + part), CLOSE, key);
    }
  }

  /** Codes whose first dimensions are the factors, or have nothing to do with them. */
  private static KnownCodes plain(boolean disentangled) throws IOException {
    KnownCodes model = Fixtures.model();
    float[][] means = new float[model.indices().length][];
    for (int i = 0; i < means.length; i++) {
      means[i] = RandomArrays.normal(3, i);
      for (int d = 0; d < 3 && disentangled; d++) {
        means[i][d] = model.indices()[i][d + 1];
      }
    }
    return new KnownCodes(Fixtures.FACTORS, model.indices(), means);
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
    KnownCodes model =
        new KnownCodes(Fixtures.FACTORS, Fixtures.model().indices(), new float[600][3]);
    assertEquals(0, compute(new FactorVaeScore(), model, Map.of()).get("factor_vae_score"));
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 600})
  void theSampledMigEqualsPythons(int samples) throws IOException {
    KnownCodes model = Fixtures.model();
    int latent = 5;
    float[] mu = model.codes().mu();
    float[] logvar = new float[mu.length];
    double[][] z = new double[latent][mu.length / latent];
    for (int at = 0; at < mu.length; at++) {
      int i = at / latent;
      int d = at % latent;
      logvar[at] = (float) (-2 + Math.sin(0.37 * i + d));
      double eps = Math.sqrt(2) * Math.sin(1.7 * i + 0.9 * d);
      z[d][i] = mu[at] + Math.exp(logvar[at] / 2.0) * eps;
    }
    MigSampledScore.Estimate estimate =
        new MigSampledScore.Estimate(new Codes(latent, mu, logvar), z, samples);
    assertEquals(
        Fixtures.expected("mig-sampled." + samples),
        estimate.gap(Factors.of(model), share -> {}),
        CLOSE);
  }

  @Test
  void theSampledMigOfCodesThatAreTheFactorsIsHigh() throws IOException {
    double high =
        compute(new MigSampledScore(), scaled(plain(true), 20), Map.of()).get("mig_sampled");
    double low = compute(new MigSampledScore(), plain(false), Map.of()).get("mig_sampled");
    assertTrue(high > 0.95 && low < 0.05, () -> high + " and " + low);
  }

  /** The posteriors, whose deviation is 1, overlap less. */
  private static KnownCodes scaled(KnownCodes model, float factor) {
    float[][] means = new float[model.means().length][];
    for (int i = 0; i < means.length; i++) {
      means[i] = model.means()[i].clone();
      for (int d = 0; d < means[i].length; d++) {
        means[i][d] *= factor;
      }
    }
    return new KnownCodes(model.factors(), model.indices(), means);
  }

  @Test
  void theMetricOfBetaVaeTellsCodesThatAreTheFactorsFromOthers() throws IOException {
    Map<String, Object> few = Map.of("numTrain", 1000, "numEval", 500);
    assertEquals(1, compute(new BetaVaeScore(), plain(true), few).get("beta_vae_score"));
    double chance = compute(new BetaVaeScore(), plain(false), few).get("beta_vae_score");
    assertTrue(chance < 0.45, () -> "three factors, chance is a third, found " + chance);
  }
}
