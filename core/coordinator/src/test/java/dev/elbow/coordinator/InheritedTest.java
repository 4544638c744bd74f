package dev.elbow.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.TrialId;
import dev.elbow.api.data.DataFolder;
import dev.elbow.catalog.Catalog;
import dev.elbow.coordinator.ledger.LoggedTrial;
import dev.elbow.coordinator.ledger.LoggedTrial.Step;
import dev.elbow.coordinator.sweep.Sweep;
import dev.elbow.coordinator.sweep.SweepReader;
import dev.elbow.messaging.Delivery;
import dev.elbow.messaging.QueuedTrial;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class InheritedTest {
  private static Sweep sweep;

  private final Inherited inherited = new Inherited(List.of(queued(1, 1), queued(2, 3)));

  @BeforeAll
  static void read() throws Exception {
    byte[] text = TestSystem.sweep("s", 4).getBytes(StandardCharsets.UTF_8);
    try (Catalog catalog = Catalog.ofClassPath()) {
      sweep = new SweepReader(catalog, DataFolder.none()).read("s", text).sweep().orElseThrow();
    }
  }

  private static LoggedTrial queued(int number, int attempt) {
    return trial(number, attempt, Step.QUEUED);
  }

  private static LoggedTrial trial(int number, int attempt, Step step) {
    return new LoggedTrial(
        new TrialId("s", number),
        step,
        attempt,
        0,
        Optional.empty(),
        Set.of(),
        Map.of(),
        Optional.empty());
  }

  private static Delivery<QueuedTrial> record(int number, int attempt) {
    QueuedTrial trial = new QueuedTrial(sweep.trial(number), attempt);
    return new Delivery.Message<>(7, trial.trial().id().toString(), trial);
  }

  @Test
  void aTrialWhoseRecordIsNowhereIsLacking() {
    inherited.saw(record(2, 3));
    assertEquals(Set.of(new TrialId("s", 1)), inherited.unseen());
    assertTrue(inherited.lacks(queued(1, 1)));
    assertFalse(inherited.lacks(queued(2, 3)));
  }

  @Test
  void theRecordOfAnEarlierAttemptIsNotTheRecord() {
    inherited.saw(record(2, 2));
    assertTrue(inherited.lacks(queued(2, 3)));
  }

  @Test
  void recordsOfOthersAndUnreadableOnesMeanNothing() {
    inherited.saw(record(4, 1));
    inherited.saw(new Delivery.Unreadable<>(8, "s/0001", new byte[] {1}, "no JSON"));
    assertEquals(2, inherited.unseen().size());
  }

  @Test
  void whatHasHappenedToATrialMeanwhileCounts() {
    assertFalse(inherited.lacks(trial(1, 1, Step.RUNNING)), "a slot has it: its record came late");
    assertFalse(inherited.lacks(trial(1, 1, Step.CANCELLED)));
    assertFalse(inherited.lacks(queued(1, 2)), "its new record is this coordinator's own");
    assertFalse(inherited.lacks(queued(3, 1)), "it was queued by this coordinator");
  }
}
