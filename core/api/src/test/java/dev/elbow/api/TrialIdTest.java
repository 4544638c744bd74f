package dev.elbow.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TrialIdTest {
  @Test
  void itIsWrittenAndRead() {
    assertEquals("mnist-beta/0007", new TrialId("mnist-beta", 7).toString());
    assertEquals(new TrialId("mnist-beta", 7), TrialId.parse("mnist-beta/0007"));
    assertEquals(new TrialId("a", 123456), TrialId.parse("a/123456"));
  }

  @Test
  void anythingElseIsRefused() {
    for (String text : new String[] {"", "a", "/0001", "a/1", "a/0000", "a/-001", "a/1234567890"}) {
      assertThrows(IllegalArgumentException.class, () -> TrialId.parse(text), text);
    }
  }

  @Test
  void trialsAreOrderedBySweepThenNumber() {
    assertTrue(new TrialId("a", 10000).compareTo(new TrialId("a", 9999)) > 0);
    assertTrue(new TrialId("a", 2).compareTo(new TrialId("b", 1)) < 0);
  }
}
