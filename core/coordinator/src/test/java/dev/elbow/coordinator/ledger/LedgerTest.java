package dev.elbow.coordinator.ledger;

import static dev.elbow.coordinator.ledger.LogEvents.TRIAL;
import static dev.elbow.coordinator.ledger.LogEvents.cleared;
import static dev.elbow.coordinator.ledger.LogEvents.commanded;
import static dev.elbow.coordinator.ledger.LogEvents.commandedTrial;
import static dev.elbow.coordinator.ledger.LogEvents.committed;
import static dev.elbow.coordinator.ledger.LogEvents.declined;
import static dev.elbow.coordinator.ledger.LogEvents.ended;
import static dev.elbow.coordinator.ledger.LogEvents.failed;
import static dev.elbow.coordinator.ledger.LogEvents.givenUp;
import static dev.elbow.coordinator.ledger.LogEvents.handedBack;
import static dev.elbow.coordinator.ledger.LogEvents.leader;
import static dev.elbow.coordinator.ledger.LogEvents.ledger;
import static dev.elbow.coordinator.ledger.LogEvents.precisionChosen;
import static dev.elbow.coordinator.ledger.LogEvents.pruned;
import static dev.elbow.coordinator.ledger.LogEvents.queued;
import static dev.elbow.coordinator.ledger.LogEvents.started;
import static dev.elbow.coordinator.ledger.LogEvents.submitted;
import static dev.elbow.coordinator.ledger.LogEvents.trial;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.FailureKind;
import dev.elbow.coordinator.ledger.LoggedTrial.Left;
import dev.elbow.coordinator.ledger.LoggedTrial.Step;
import dev.elbow.messaging.Event;
import dev.elbow.messaging.Event.Command;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LedgerTest {
  @Test
  void followsATrialToItsEndAndCallsItCompletedOnlyWhenItIsCommitted() {
    assertEquals(TrialState.QUEUED, trial().state());
    assertEquals(TrialState.QUEUED, trial(queued(1)).state());
    assertEquals(TrialState.RUNNING, trial(queued(1), started(1, "a")).state());
    assertEquals(TrialState.RUNNING, trial(queued(1), started(1, "a"), ended(1, "a")).state());
    LoggedTrial over = trial(queued(1), started(1, "a"), ended(1, "a"), committed(1));
    assertEquals(TrialState.COMPLETED, over.state());
    assertEquals(1, over.attemptsSpent());
  }

  @Test
  void keepsOfFilesInTheirPlaceOnlyThatThereAreSome() {
    LoggedTrial ended = trial(queued(1), started(1, "a"), ended(1, "a"));
    assertEquals(
        Optional.of(new Left("folder", Map.of("a", "b"))), ended.end().orElseThrow().left());
    LoggedTrial over = trial(queued(1), started(1, "a"), ended(1, "a"), committed(1));
    assertTrue(over.hasFiles());
    assertEquals(Optional.of(new Left("", Map.of())), over.end().orElseThrow().left());
    LoggedTrial without = trial(queued(1), givenUp(FailureKind.WORKER_LOST), committed(1));
    assertFalse(without.hasFiles());
  }

  @Test
  void givesATrialToTheHighestAttemptAndAmongEqualsToTheLatest() {
    assertTrue(trial(queued(1), started(1, "a"), started(1, "b")).ownedBy("b"));
    assertTrue(trial(queued(1), started(1, "a"), queued(2), started(2, "b")).ownedBy("b"));
    assertTrue(trial(queued(1), queued(2), started(2, "b"), started(1, "a")).ownedBy("b"));
  }

  @Test
  void hearsOnlyTheOwnersEndAndTheFirstOfThem() {
    LoggedTrial loser =
        trial(
            queued(1),
            started(1, "a"),
            started(1, "b"),
            ended(1, "a", failed(FailureKind.DIVERGED)));
    assertEquals(Step.RUNNING, loser.step());
    LoggedTrial first =
        trial(
            queued(1),
            started(1, "a"),
            ended(1, "a"),
            ended(1, "a", failed(FailureKind.DIVERGED)),
            committed(1));
    assertEquals(TrialState.COMPLETED, first.state());
  }

  @Test
  void letsAnOwnerThatWasGivenUpTooEarlyEndItsTrial() {
    LoggedTrial late = trial(queued(1), started(1, "a"), queued(2), ended(1, "a"));
    assertEquals(Step.ENDED, late.step());
    LoggedTrial tooLate =
        trial(queued(1), started(1, "a"), queued(2), ended(1, "a"), started(2, "b"));
    assertEquals(late, tooLate);
  }

  @Test
  void keepsWhatHasEndedFromBeingQueuedUnlessItIsTriedAgain() {
    assertEquals(Step.ENDED, trial(queued(1), started(1, "a"), ended(1, "a"), queued(2)).step());
    LoggedTrial again =
        trial(
            queued(1),
            started(1, "a"),
            ended(1, "a", failed(FailureKind.INFRASTRUCTURE)),
            queued(2),
            ended(1, "a", failed(FailureKind.INFRASTRUCTURE)));
    assertEquals(Step.QUEUED, again.step());
    assertEquals(2, again.attemptsSpent());
  }

  @Test
  void countsNoAttemptThatAWorkerGaveBackOrDeclined() {
    LoggedTrial back = trial(queued(1), started(1, "a"), handedBack(1, "a"));
    assertEquals(Step.WAITING, back.step());
    assertEquals(0, back.attemptsSpent());
    assertEquals(
        1, trial(queued(1), started(1, "a"), handedBack(1, "a"), queued(2)).attemptsSpent());
    LoggedTrial refused = trial(queued(1), declined(1, "w"));
    assertEquals(Step.WAITING, refused.step());
    assertEquals(Map.of("w", "no data"), refused.declined());
    assertEquals(Map.of("w", "no data"), trial(queued(1), declined(1, "w"), queued(2)).declined());
    // Whoever cannot read a record knows no attempt.
    assertEquals(Step.WAITING, trial(queued(1), declined(0, "w")).step());
  }

  @Test
  void aSlotThatStartedTooLateAndGivesBackFreesTheTrialOnlyIfItHadTakenIt() {
    LoggedTrial taken =
        trial(queued(1), started(1, "other"), started(1, "late"), handedBack(1, "late"));
    assertEquals(Step.WAITING, taken.step());
    assertEquals(0, taken.attemptsSpent());
    LoggedTrial kept =
        trial(queued(1), started(1, "late"), started(1, "other"), handedBack(1, "late"));
    assertTrue(kept.ownedBy("other"));
    assertEquals(Step.RUNNING, kept.step());
  }

  @Test
  void freesATrialThatItsOwnerDeclinesAndRemembersEveryRefusal() {
    LoggedTrial refused = trial(queued(1), started(1, "a"), declined(1, "w-a"));
    assertEquals(Step.WAITING, refused.step());
    assertEquals(0, refused.attemptsSpent());
    LoggedTrial again =
        trial(
            queued(1),
            started(1, "a"),
            declined(1, "w-a"),
            queued(2),
            started(2, "b"),
            declined(2, "w-b"));
    assertEquals(Set.of("w-a", "w-b"), again.declined().keySet());
    assertEquals(Step.RUNNING, trial(queued(1), started(1, "a"), declined(1, "w-b")).step());
    LoggedTrial late =
        trial(queued(1), started(1, "a"), queued(2), started(2, "a2"), declined(1, "w-a"));
    assertEquals(Step.RUNNING, late.step());
  }

  @Test
  void givesUpALostTrialButNotOneThatHasEnded() {
    LoggedTrial lost =
        trial(queued(1), started(1, "a"), givenUp(FailureKind.WORKER_LOST), committed(1));
    assertEquals(TrialState.FAILED, lost.state());
    LoggedTrial ended =
        trial(
            queued(1),
            started(1, "a"),
            ended(1, "a"),
            givenUp(FailureKind.WORKER_LOST),
            committed(1));
    assertEquals(TrialState.COMPLETED, ended.state());
    LoggedTrial withoutFiles =
        trial(
            queued(1),
            started(1, "a"),
            ended(1, "a"),
            givenUp(FailureKind.INFRASTRUCTURE),
            committed(1));
    assertEquals(TrialState.FAILED, withoutFiles.state());
  }

  @Test
  void ignoresDecisionsOfALeaderThatWasReplaced() {
    Ledger ledger = ledger(leader(2), queued(1, 1));
    assertEquals(Step.WAITING, ledger.trial(TRIAL).orElseThrow().step());
    assertTrue(ledger.apply(queued(2, 1)));
    assertFalse(ledger.apply(leader(2)));
    assertEquals("c2", ledger.leader());
    assertEquals(2, ledger.epoch());
  }

  @Test
  void cancelsWhatHasNotEndedAndRetriesWhatFailed() {
    Ledger ledger = ledger(queued(1), started(1, "a"), commanded(Command.CANCEL));
    assertEquals(TrialState.CANCELLED, ledger.trial(TRIAL).orElseThrow().state());
    LoggedSweep sweep = ledger.sweep("s").orElseThrow();
    assertEquals(TrialState.CANCELLED, sweep.trial(2).state());
    assertFalse(ledger.apply(ended(1, "a")));
    assertTrue(ledger.apply(commanded(Command.RETRY)));
    assertEquals(TrialState.QUEUED, sweep.trial(1).state());
    assertEquals(0, sweep.trial(1).attemptsSpent());
    assertEquals(Step.WAITING, sweep.trial(2).step());
    assertFalse(ledger.apply(ended(1, "a")), "a cancelled execution is over");
  }

  @Test
  void cancelsASingleTrial() {
    Ledger ledger = ledger(queued(1), commandedTrial(Command.CANCEL));
    assertEquals(TrialState.CANCELLED, ledger.trial(TRIAL).orElseThrow().state());
    assertEquals(TrialState.QUEUED, ledger.sweep("s").orElseThrow().trial(2).state());
  }

  @Test
  void pausesResumesAndForgets() {
    Ledger ledger = ledger(commanded(Command.PAUSE));
    assertTrue(ledger.sweep("s").orElseThrow().paused());
    assertFalse(ledger.apply(commanded(Command.PAUSE)));
    ledger.apply(commanded(Command.RESUME));
    assertFalse(ledger.sweep("s").orElseThrow().paused());
    assertFalse(ledger.apply(submitted("s")));
    assertTrue(ledger.apply(commanded(Command.DELETE)));
    assertTrue(ledger.sweep("s").isEmpty());
    assertFalse(ledger.apply(started(1, "a")));
  }

  @Test
  void aNewSweepOfADeletedOnesNameBeginsAboveItsAttempts() {
    Ledger ledger = ledger(queued(1), started(1, "a"), queued(2), commanded(Command.DELETE));
    assertEquals(Set.of("s"), ledger.deleted());
    assertTrue(ledger.apply(submitted("s")));
    assertEquals(Set.of(), ledger.deleted());
    LoggedTrial fresh = ledger.trial(TRIAL).orElseThrow();
    assertEquals(2, fresh.attempt());
    assertEquals(0, fresh.attemptsSpent());
    assertEquals(2, ledger.sweep("s").orElseThrow().trial(9).attempt());
    ledger.apply(queued(3));
    ledger.apply(started(3, "b"));
    assertEquals(1, ledger.trial(TRIAL).orElseThrow().attemptsSpent());
    ledger.apply(commanded(Command.DELETE));
    ledger.apply(submitted("s"));
    assertEquals(3, ledger.trial(TRIAL).orElseThrow().attempt());
  }

  @Test
  void nothingSaidOfADeletedSweepIsTakenForAWordOfTheNextOfItsName() {
    Ledger ledger = ledger(queued(1), started(1, "a"), queued(2), commanded(Command.DELETE));
    List<Event> late =
        List.of(
            started(1, "a"),
            started(2, "b"),
            ended(1, "a"),
            ended(2, "b"),
            handedBack(1, "a"),
            declined(2, "w"),
            committed(2),
            queued(2));
    late.forEach(event -> assertFalse(ledger.apply(event), event::toString));
    ledger.apply(submitted("s"));
    late.forEach(event -> assertFalse(ledger.apply(event), event::toString));
    ledger.apply(queued(3));
    late.forEach(event -> assertFalse(ledger.apply(event), event::toString));
    ledger.apply(started(3, "c"));
    late.forEach(event -> assertFalse(ledger.apply(event), event::toString));
    assertTrue(ledger.trial(TRIAL).orElseThrow().ownedBy("c"));
  }

  @Test
  void aWorkerThatCannotReadATrialOfANewSweepIsHeardAllTheSame() {
    Ledger ledger = ledger(queued(1), commanded(Command.DELETE), submitted("s"), queued(2));
    assertTrue(ledger.apply(declined(0, "w")));
  }

  @Test
  void remembersWhichFilesAreStillToBeRemoved() {
    Ledger ledger = ledger(commanded(Command.DELETE));
    assertEquals(Set.of("s"), ledger.uncleared());
    assertTrue(ledger.apply(cleared()));
    assertFalse(ledger.apply(cleared()));
    assertEquals(Set.of(), ledger.uncleared());
    assertEquals(Set.of("s"), ledger.deleted());
    ledger.apply(submitted("s"));
    ledger.apply(commanded(Command.DELETE));
    ledger.apply(submitted("s"));
    assertEquals(Set.of(), ledger.uncleared(), "the folder is the new sweep's");
  }

  @Test
  void prunesTrialsThatHaveLeftFilesAndRemembersWhoseAreToBeRemoved() {
    Ledger ledger = ledger(queued(1), started(1, "a"), ended(1, "a"));
    assertFalse(ledger.apply(pruned(1, 2)), "nothing is in its place yet");
    ledger.apply(committed(1));
    assertTrue(ledger.apply(pruned(1, 2)));
    assertFalse(ledger.apply(pruned(1)));
    LoggedSweep sweep = ledger.sweep("s").orElseThrow();
    assertTrue(sweep.pruned(1));
    assertFalse(sweep.pruned(2));
    assertEquals(Set.of(1), sweep.uncleared());
    assertTrue(ledger.apply(cleared(1)));
    assertFalse(ledger.apply(cleared(1)));
    assertEquals(Set.of(), sweep.uncleared());
    assertTrue(sweep.pruned(1));
    assertEquals(TrialState.COMPLETED, sweep.trial(1).state());
  }

  @Test
  void theFirstChoiceOfAPrecisionStandsForAsLongAsTheSweepIsThere() {
    Ledger ledger = ledger();
    assertEquals(Optional.empty(), ledger.sweep("s").orElseThrow().precision());
    assertTrue(ledger.apply(precisionChosen("bf16")));
    assertFalse(ledger.apply(precisionChosen("fp32")));
    assertEquals(Optional.of("bf16"), ledger.sweep("s").orElseThrow().precision());
    ledger.apply(commanded(Command.DELETE));
    assertFalse(ledger.apply(precisionChosen("fp32")));
    ledger.apply(submitted("s"));
    assertEquals(Optional.empty(), ledger.sweep("s").orElseThrow().precision());
  }

  @Test
  void countsTrialsByState() {
    Ledger ledger = ledger(queued(1));
    LoggedSweep sweep = ledger.sweep("s").orElseThrow();
    assertEquals(1, sweep.count(TrialState.QUEUED));
    ledger.apply(started(1, "a"));
    assertEquals(0, sweep.count(TrialState.QUEUED));
    assertEquals(1, sweep.count(TrialState.RUNNING));
    assertEquals(Set.of("a"), sweep.trial(1).executions());
  }
}
