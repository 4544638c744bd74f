package dev.elbow.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class KeysTest {
  @Test
  void nameTheTrialOrTheSweepOfEachEvent() {
    Set<String> keys =
        Samples.all().values().stream()
            .filter(sample -> sample.topic() == Event.class)
            .map(sample -> Keys.of((Event) sample.value()))
            .collect(Collectors.toSet());
    assertEquals(Set.of("coordinator-1", "mnist-beta", "mnist-beta/0007"), keys);
  }

  @Test
  void keepAWordToOneExecutionFromTakingThePlaceOfAWordToAll() {
    Control stop = new Control.Stop(Samples.TRIAL, 1, "cancelled");
    assertEquals("mnist-beta/0007", Keys.of(stop));
    assertNotEquals(Keys.of(stop), Keys.of(new Control.Lost(Samples.TRIAL, "f00d")));
  }
}
