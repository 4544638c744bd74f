package dev.elbow.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.elbow.api.TrialId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueuedTrialsTest {
  private static final TrialId TRIAL = new TrialId("s", 1);
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final QueuedTrials queued = new QueuedTrials(PATIENCE);

  @Test
  void aTrialIsLateWhenFreeSlotsLeaveItAloneForLong() {
    queued.add(TRIAL, seconds(0));
    assertEquals(List.of(), queued.late(seconds(120)));
    assertEquals(List.of(TRIAL), queued.late(seconds(121)));
  }

  @Test
  void timeInWhichNoSlotIsFreeDoesNotCount() {
    queued.add(TRIAL, seconds(0));
    queued.resume(seconds(100));
    assertEquals(List.of(), queued.late(seconds(220)));
    assertEquals(List.of(TRIAL), queued.late(seconds(221)));
  }

  @Test
  void aTrialThatWasSentAgainIsWaitedForInFull() {
    queued.add(TRIAL, seconds(0));
    queued.add(TRIAL, seconds(20));
    assertEquals(List.of(), queued.late(seconds(140)));
  }

  @Test
  void aTrialThatIsKnownKeepsItsPlace() {
    queued.add(TRIAL, seconds(0));
    queued.addIfAbsent(TRIAL, seconds(10));
    assertEquals(List.of(TRIAL), queued.late(seconds(121)));
    queued.remove(TRIAL);
    assertFalse(queued.has(TRIAL));
  }

  private static long seconds(long seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }
}
