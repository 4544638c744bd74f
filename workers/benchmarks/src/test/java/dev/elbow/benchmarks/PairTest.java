package dev.elbow.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PairTest {
  @Test
  void rateIsThatOfBoth() {
    assertEquals(300, new Pair(new Lane(0, 10, 100), new Lane(0, 10, 200)).imagesPerSecond());
  }

  @Test
  void overlapIsTheShareOfCommonTime() {
    assertEquals(0.5, new Pair(new Lane(0, 10, 1), new Lane(5, 10, 1)).overlap());
    assertEquals(1, new Pair(new Lane(3, 7, 1), new Lane(3, 7, 1)).overlap());
  }

  @Test
  void oneAfterTheOtherIsNotAtOnce() {
    assertFalse(new Pair(new Lane(0, 10, 1), new Lane(10, 20, 1)).isAtOnce());
    assertFalse(new Pair(new Lane(0, 10, 1), new Lane(15, 20, 1)).isAtOnce());
    assertTrue(new Pair(new Lane(0, 10, 1), new Lane(1, 10, 1)).isAtOnce());
  }
}
