package dev.elbow.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FrontierTest {
  private static final Point WIDE = new Point(1, 100);
  private static final Point BENT = new Point(5, 40);
  private static final Point CLOSE = new Point(30, 20);

  @Test
  void keepsWhatNoOtherBeatsInBoth() {
    Point beaten = new Point(6, 41);
    Point unknown = new Point(Double.NaN, 1);
    assertEquals(
        List.of(WIDE, BENT, CLOSE), Frontier.of(List.of(CLOSE, beaten, WIDE, unknown, BENT)));
  }

  @Test
  void bendsWhereItIsFarthestBelowTheChordOfItsEnds() {
    assertEquals(Optional.of(BENT), Frontier.elbow(List.of(WIDE, BENT, CLOSE)));
    assertEquals(Optional.empty(), Frontier.elbow(List.of(WIDE, CLOSE)));
    Point above = new Point(20, 90);
    assertEquals(Optional.empty(), Frontier.elbow(List.of(WIDE, above, CLOSE)));
  }
}
