package dev.elbow.trainer.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CallLengthTest {
  @Test
  void growsUntilACallTakesAQuarterOfASecond() {
    CallLength length = new CallLength(1000);
    for (int call = 0; call < 10; call++) {
      length.took(length.next(), length.next() * 2_000_000L);
    }
    assertEquals(125, length.next());
  }

  @Test
  void makesSingleStepsWhereOneIsSlow() {
    CallLength length = new CallLength(1000);
    length.took(1, 3_000_000_000L);
    assertEquals(1, length.next());
  }

  @Test
  void neverPassesItsLimit() {
    CallLength length = new CallLength(7);
    for (int call = 0; call < 10; call++) {
      length.took(length.next(), 1);
    }
    assertEquals(7, length.next());
  }

  @Test
  void staysSmallWhereAStepDrawsManyNumbers() {
    CallLength length = CallLength.of(1000, 1_000_000);
    for (int call = 0; call < 10; call++) {
      length.took(length.next(), 1);
    }
    assertTrue(length.next() <= 4, "a call would draw %d million numbers".formatted(length.next()));
  }
}
