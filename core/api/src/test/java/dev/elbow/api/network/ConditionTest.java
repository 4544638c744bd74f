package dev.elbow.api.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionTest {
  @Test
  void aLabelIsAOneAmongZeros() {
    Condition label = new Condition.Label(3);
    assertEquals(Shape.of(3), label.shape());
    assertArrayEquals(new float[] {0, 0, 1}, label.example(2));
    assertArrayEquals(new float[] {1, 0, 0}, label.example(3));
    assertThrows(IllegalArgumentException.class, () -> new Condition.Label(0));
  }

  @Test
  void weightsAreEvenlySpacedByLogarithmsAndEndWhereTheirRangeEnds() {
    List<Double> weights = new Condition.Beta(0.1, 10).spaced(9);
    assertEquals(List.of(0.1, 10.0), List.of(weights.get(0), weights.get(8)));
    assertEquals(1, weights.get(4), 1e-15);
    for (int i = 1; i < 9; i++) {
      assertEquals(Math.pow(10, 0.25), weights.get(i) / weights.get(i - 1), 1e-12);
    }
  }

  @ParameterizedTest
  @CsvSource({"0.1, 10, 1", "2, 8, 2", "0.001, 0.5, 0.5"})
  void theUsualWeightIsOneOrTheEndNextToIt(double least, double most, double expected) {
    assertEquals(expected, new Condition.Beta(least, most).usual());
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "-1, 1", "1, 1", "2, 1", "NaN, 1", "1, Infinity"})
  void aRangeThatIsNoneIsRefusedWithItsEnds(double least, double most) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> new Condition.Beta(least, most))
            .getMessage();
    assertTrue(message.contains("least=" + least), message);
    assertTrue(message.contains("most=" + most), message);
  }
}
