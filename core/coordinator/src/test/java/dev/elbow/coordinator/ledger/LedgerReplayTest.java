package dev.elbow.coordinator.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.FailureKind;
import dev.elbow.coordinator.ledger.LoggedTrial.Step;
import dev.elbow.messaging.Event;
import dev.elbow.messaging.Event.Commanded;
import dev.elbow.messaging.Event.GivenUp;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lives of a trial, drawn at random, with lost workers, late words and everything said twice. */
class LedgerReplayTest {
  private static final int LIVES = 400;

  /** A life: what is said, drawn from what coordinator and workers may say next. */
  private static List<Event> life(Random random) {
    Ledger ledger = LogEvents.ledger();
    List<Event> said = new ArrayList<>();
    int executions = 0;
    for (int i = 0; i < 40; i++) {
      LoggedTrial trial = ledger.trial(LogEvents.TRIAL).orElseThrow();
      String fresh = "e" + executions;
      int attempt = Math.max(1, trial.attempt());
      String owner = trial.owner().map(LoggedTrial.Owner::execution).orElse("nobody");
      Event next =
          switch (random.nextInt(9)) {
            case 0, 1 -> LogEvents.queued(trial.attempt() + 1);
            case 2, 3 -> LogEvents.started(1 + random.nextInt(attempt), fresh);
            case 4 -> LogEvents.handedBack(attempt, owner);
            case 5 ->
                trial.step() == Step.QUEUED
                    ? LogEvents.declined(attempt, "w" + random.nextInt(3))
                    : LogEvents.started(attempt, fresh);
            case 6 -> LogEvents.ended(attempt, owner, LogEvents.failed(FailureKind.INFRASTRUCTURE));
            case 7 -> i > 20 ? LogEvents.ended(attempt, owner) : LogEvents.queued(1);
            default ->
                trial.step() == Step.ENDED
                    ? LogEvents.committed(attempt)
                    : LogEvents.queued(attempt);
          };
      executions += next instanceof Event.Started ? 1 : 0;
      ledger.apply(next);
      said.add(next);
    }
    return said;
  }

  @Test
  void coversEveryEndOfALife() {
    List<TrialState> ends = new ArrayList<>();
    for (int seed = 0; seed < LIVES; seed++) {
      ends.add(replay(life(new Random(seed))).trial(LogEvents.TRIAL).orElseThrow().state());
    }
    for (TrialState state :
        List.of(TrialState.QUEUED, TrialState.RUNNING, TrialState.COMPLETED, TrialState.FAILED)) {
      assertTrue(ends.contains(state), state.word());
    }
  }

  @Test
  void replayGivesWhatWasSeenLive() {
    for (int seed = 0; seed < LIVES; seed++) {
      List<Event> life = life(new Random(seed));
      Ledger live = LogEvents.ledger();
      for (int i = 0; i < life.size(); i++) {
        live.apply(life.get(i));
        assertEquals(
            live.trial(LogEvents.TRIAL), replay(life.subList(0, i + 1)).trial(LogEvents.TRIAL));
      }
    }
  }

  private static Ledger replay(List<Event> events) {
    return LogEvents.ledger(events.toArray(Event[]::new));
  }

  @Test
  void whatWasSaidBeforeChangesNothingWhenItIsSaidAgain() {
    for (int seed = 0; seed < LIVES; seed++) {
      List<Event> life = life(new Random(seed));
      Ledger ledger = LogEvents.ledger();
      for (int i = 0; i < life.size(); i++) {
        ledger.apply(life.get(i));
        for (Event before : life.subList(0, i + 1)) {
          assertFalse(
              repeatable(before) && ledger.apply(before), before + " again in life " + seed);
        }
      }
    }
  }

  // What a person asks for twice may be meant twice; giving up names no attempt.
  private static boolean repeatable(Event event) {
    return !(event instanceof Commanded) && !(event instanceof GivenUp);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ended", "handed back", "failed"})
  void aLosersWordsChangeNothingHoweverLate(String word) {
    Event late =
        switch (word) {
          case "ended" -> LogEvents.ended(1, "loser");
          case "failed" -> LogEvents.ended(1, "loser", LogEvents.failed(FailureKind.DIVERGED));
          default -> LogEvents.handedBack(1, "loser");
        };
    List<Event> story =
        List.of(
            LogEvents.started(2, "winner"), LogEvents.ended(2, "winner"), LogEvents.committed(2));
    for (int position = 1; position <= story.size(); position++) {
      Ledger ledger =
          LogEvents.ledger(LogEvents.queued(1), LogEvents.started(1, "loser"), LogEvents.queued(2));
      story.subList(0, position).forEach(ledger::apply);
      assertFalse(ledger.apply(late), late + " at " + position);
      story.subList(position, story.size()).forEach(ledger::apply);
      assertEquals(Step.COMMITTED, ledger.trial(LogEvents.TRIAL).orElseThrow().step());
    }
  }
}
