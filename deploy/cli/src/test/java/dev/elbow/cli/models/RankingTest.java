package dev.elbow.cli.models;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RankingTest {
  @Test
  void theAreaIsTheShareOfPairsInTheRightOrder() {
    Random random = new Random(3);
    for (int trial = 0; trial < 50; trial++) {
      // Few different values, so that there are ties.
      double[] normal = random.ints(1 + random.nextInt(40), 0, 9).asDoubleStream().toArray();
      double[] anomalous = random.ints(1 + random.nextInt(40), 2, 12).asDoubleStream().toArray();
      assertEquals(pairs(normal, anomalous), Ranking.areaUnderCurve(normal, anomalous), 1e-12);
    }
  }

  private static double pairs(double[] normal, double[] anomalous) {
    double right = 0;
    for (double one : normal) {
      for (double other : anomalous) {
        right += other > one ? 1 : other == one ? 0.5 : 0;
      }
    }
    return right / (normal.length * anomalous.length);
  }

  @Test
  void theAreaIsOneWhereAllAreApartAndAHalfWhereNothingIs() {
    assertEquals(1, Ranking.areaUnderCurve(new double[] {1, 2}, new double[] {3}));
    assertEquals(0, Ranking.areaUnderCurve(new double[] {3, 4}, new double[] {1, 2}));
    assertEquals(0.5, Ranking.areaUnderCurve(new double[] {1, 1}, new double[] {1}));
  }

  @Test
  void noMoreThanTheRestOfTheShareLiesAboveTheQuantile() {
    double[] scores = {5, 1, 4, 2, 3};
    assertEquals(5, Ranking.quantile(scores, 1));
    assertEquals(4, Ranking.quantile(scores, 0.8));
    assertEquals(5, Ranking.quantile(scores, 0.81));
    assertEquals(3, Ranking.quantile(scores, 0.5));
    assertEquals(1, Ranking.quantile(scores, 1e-9));
  }
}
