package dev.elbow.trainer;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CheckpointPaceTest {
  private final CheckpointPace pace = new CheckpointPace(Duration.ofMinutes(2), 0);

  @Test
  void shortEpochsShareACheckpoint() {
    assertFalse(pace.isDueAtEpochEnd(seconds(9)));
    assertTrue(pace.isDueAtEpochEnd(seconds(11)));
    pace.saved(seconds(11), seconds(11));
    assertFalse(pace.isDueAtEpochEnd(seconds(12)));
  }

  @Test
  void aLongEpochHasOneEveryFewMinutes() {
    for (int second = 1; second <= 120; second++) {
      assertFalse(pace.isDueInEpoch(seconds(second)));
    }
    assertTrue(pace.isDueInEpoch(seconds(121)));
    pace.saved(seconds(121), seconds(122));
    assertFalse(pace.isDueInEpoch(seconds(123)));
  }

  @Test
  void whoeverStoodStillWaitsUntilItWouldBeTold() {
    assertFalse(pace.isDueInEpoch(seconds(1)));
    assertFalse(pace.isDueInEpoch(seconds(200)));
    assertFalse(pace.isDueAtEpochEnd(seconds(201)));
    assertTrue(pace.isDueAtEpochEnd(seconds(211)));
  }

  @Test
  void stepsThatAlwaysTakeLongAreNoStandstill() {
    for (int second = 6; second <= 120; second += 6) {
      assertFalse(pace.isDueInEpoch(seconds(second)));
    }
    assertTrue(pace.isDueInEpoch(seconds(126)));
  }

  @Test
  void whatTakesLongToWriteIsWrittenSeldom() {
    pace.saved(seconds(0), seconds(10));
    assertFalse(pace.isDueAtEpochEnd(seconds(200)));
    assertTrue(pace.isDueAtEpochEnd(seconds(211)));
  }

  private static long seconds(long count) {
    return Duration.ofSeconds(count).toNanos();
  }
}
