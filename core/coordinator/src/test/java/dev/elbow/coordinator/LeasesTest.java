package dev.elbow.coordinator;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeasesTest {
  private final Leases leases = new Leases(Duration.ofSeconds(2), Duration.ofSeconds(15), at(0));

  private static long at(int seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }

  private void echoEveryTwoSeconds(int from, int to) {
    for (int second = from; second <= to; second += 2) {
      leases.echoed(at(second));
    }
  }

  @Test
  void endsWithSilenceAndGoesOnWithEverySignOfLife() {
    leases.heard("a", at(0));
    echoEveryTwoSeconds(0, 30);
    leases.heard("b", at(20));
    assertTrue(leases.expired("a", at(30)));
    assertFalse(leases.expired("b", at(30)));
  }

  @Test
  void beginsForAnExecutionThatWasNeverHeardOf() {
    echoEveryTwoSeconds(0, 60);
    assertFalse(leases.expired("a", at(60)));
    leases.echoed(at(62));
    assertFalse(leases.expired("a", at(62)));
  }

  @Test
  void countsNoSilenceWhileTheCoordinatorItselfHearsNothing() {
    leases.heard("a", at(0));
    leases.echoed(at(2));
    assertFalse(leases.expired("a", at(60)));
  }

  @Test
  void givesEveryoneAFreshLeaseWhenTheCoordinatorHearsAgain() {
    leases.heard("a", at(0));
    leases.echoed(at(2));
    leases.echoed(at(60));
    assertFalse(leases.expired("a", at(61)));
    echoEveryTwoSeconds(62, 78);
    assertTrue(leases.expired("a", at(78)));
  }
}
