package dev.elbow.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class AxisTest {
  @Test
  void reachesAroundItsValuesAndMarksWhatItHolds() {
    Axis axis = Axis.around("loss", List.of(83.2, 101.7, Double.NaN));
    List<Double> marks = axis.marks(6);
    assertTrue(marks.size() >= 4 && marks.size() <= 8, marks::toString);
    assertTrue(marks.stream().allMatch(axis::holds), marks::toString);
    assertTrue(axis.low() < 83.2 && axis.high() > 101.7, axis::toString);
    assertFalse(axis.logarithmic());
  }

  @Test
  void doesNotGoBelowZeroForWhatNeverDoes() {
    assertEquals(0, Axis.around("kl", List.of(0.1, 40.0)).low());
    assertTrue(Axis.around("difference", List.of(-3.0, 40.0)).low() < -3);
  }

  @Test
  void hasRoomAroundOneValueAndWithoutAny() {
    Axis one = Axis.around("mig", List.of(0.3));
    assertTrue(one.low() < 0.3 && one.high() > 0.3, one::toString);
    assertEquals(0.5, Axis.around("mig", List.of()).share(0.5));
  }

  @Test
  void isLogarithmicWhereSettingsDifferByFactors() {
    Axis axis = Axis.ofSettings("beta", List.of(1.0, 4.0, 16.0));
    assertTrue(axis.logarithmic());
    assertEquals(axis.share(4) - axis.share(1), axis.share(16) - axis.share(4), 1e-12);
    assertEquals(List.of(1.0, 2.0, 5.0, 10.0, 20.0), axis.marks(5));
    assertFalse(Axis.ofSettings("beta", List.of(0.0, 16.0)).logarithmic(), "0 has no logarithm");
  }
}
