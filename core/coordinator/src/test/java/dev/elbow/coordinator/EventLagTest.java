package dev.elbow.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class EventLagTest {
  private final EventLag lag = new EventLag(at(0));

  private static long at(int seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }

  @Test
  void anEmptyLogIsReadToItsEnd() {
    lag.end(0, at(2));
    assertEquals(1, lag.seconds(at(3)));
  }

  @Test
  void isTheAgeOfTheLastEndThatWasReached() {
    lag.end(10, at(2));
    lag.end(20, at(4));
    lag.end(30, at(6));
    lag.read(8);
    assertEquals(7, lag.seconds(at(7)), "offset 9 is not read");
    lag.read(19);
    assertEquals(3, lag.seconds(at(7)));
    lag.read(40);
    assertEquals(1, lag.seconds(at(7)));
  }

  @Test
  void growsWhileKafkaDoesNotAnswer() {
    lag.end(0, at(2));
    assertEquals(58, lag.seconds(at(60)));
  }

  @Test
  void forgetsNoOldEndForNewOnes() {
    for (int second = 1; second <= 5000; second++) {
      lag.end(second, at(second));
    }
    assertEquals(5000, lag.seconds(at(5000)));
    lag.read(4999);
    lag.end(5000, at(5001));
    assertEquals(1, lag.seconds(at(5002)));
  }
}
