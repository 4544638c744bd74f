package dev.elbow.scores;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.elbow.testkit.KnownCodes;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/** Weights equal those that SciPy's minimiser finds. */
class LogisticRegressionTest {
  private static final double CLOSE = 1e-6;

  private static void check(String name, int factor, IntUnaryOperator ofClass, int count)
      throws IOException {
    KnownCodes model = Fixtures.model();
    double[][] points = new double[model.means().length][5];
    int[] classes = new int[points.length];
    for (int i = 0; i < points.length; i++) {
      float[] mean = model.means()[i];
      Arrays.setAll(points[i], d -> Math.abs((double) mean[d]));
      classes[i] = ofClass.applyAsInt(model.indices()[i][factor]);
    }
    LogisticRegression.Classifier learnt = LogisticRegression.fit(points, classes, count);
    int right = 0;
    for (int i = 0; i < points.length; i++) {
      right += learnt.classify(points[i]) == classes[i] ? 1 : 0;
    }
    assertEquals(Fixtures.expected("logistic.%s.right".formatted(name)), right / 600.0, 1e-12);
    for (int row = 0; row < learnt.weights().length; row++) {
      for (int d = 0; d < 5; d++) {
        String key = "logistic.%s.%d.%d".formatted(name, row, d);
        assertEquals(Fixtures.expected(key), learnt.weights()[row][d], CLOSE, key);
      }
    }
  }

  @Test
  void twoClassesHaveOneRowOfWeights() throws IOException {
    check("two", 3, value -> value > 2 ? 1 : 0, 2);
  }

  @Test
  void severalClassesHaveARowEach() throws IOException {
    check("four", 2, IntUnaryOperator.identity(), 4);
  }

  @Test
  void theOnlyClassIsAlwaysRight() {
    assertEquals(
        0, LogisticRegression.fit(new double[][] {{1}}, new int[] {0}, 1).classify(new double[1]));
  }
}
