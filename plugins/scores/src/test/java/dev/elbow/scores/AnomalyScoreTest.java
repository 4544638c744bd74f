package dev.elbow.scores;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.plugin.Options;
import dev.elbow.testkit.KnownCodes;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnomalyScoreTest {
  private static double[] rounded(KnownCodes model, int from, int to, int dimension, double shift) {
    return IntStream.range(from, to)
        .mapToDouble(i -> Math.rint(10 * Math.abs(model.means()[i][dimension] + shift)) / 10)
        .toArray();
  }

  @Test
  void theAreaEqualsTheRankSumOfSciPyWithItsTies() throws IOException {
    KnownCodes model = Fixtures.model();
    double[] known = rounded(model, 0, 400, 0, 0);
    double[] foreign = rounded(model, 400, 600, 1, 1);
    assertEquals(Fixtures.expected("auroc"), AnomalyScore.area(known, foreign), 1e-12);
  }

  /** Whose foreign images have codes that lie elsewhere. */
  private static KnownCodes model(float known, float foreign) {
    float[][] means = new float[20][];
    for (int i = 0; i < means.length; i++) {
      means[i] = new float[] {(i < 15 ? known : foreign) + 0.01f * i, 0};
    }
    return new KnownCodes(List.of(), new int[20][0], means, 5);
  }

  private static Map<String, Double> compute(KnownCodes model) {
    AnomalyScore score = new AnomalyScore();
    return score.compute(model, Options.check(score.options(), Map.of("draws", 0)).orThrow());
  }

  @Test
  void foreignImagesThatLoseMoreAreTold() {
    Map<String, Double> told = compute(model(0, 3));
    assertEquals(Map.of("anomaly_auroc_elbo", 1.0, "anomaly_auroc_reconstruction", 1.0), told);
    assertEquals(0, compute(model(3, 0)).get("anomaly_auroc_elbo"));
  }

  @Test
  void modelsThatKnowAllClassesAreRefused() {
    KnownCodes all = new KnownCodes(List.of(), new int[2][0], new float[2][1]);
    Optional<String> problem = new AnomalyScore().problem(all.subject(), new Options(Map.of()));
    assertTrue(problem.orElseThrow().contains("dataset.without"), problem::toString);
  }
}
