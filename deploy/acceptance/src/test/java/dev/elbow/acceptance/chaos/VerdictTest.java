package dev.elbow.acceptance.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.FailureKind;
import dev.elbow.api.TrialId;
import dev.elbow.api.TrialOutcome;
import dev.elbow.messaging.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A judge who never condemns is none. */
class VerdictTest {
  private static final Instant AT = Instant.EPOCH;
  private static final TrialId TRIAL = new TrialId("s", 1);
  private static final Verdict VERDICT = new Verdict("s", 1);

  private final History history = new History();
  @TempDir Path folder;

  @Test
  void aTrialThatWasCompletedAndCommittedOnceIsFine() {
    say(queued(1, 1), started(1, "a"), completed("a"), committed(1));
    assertEquals(List.of(), VERDICT.ofLog(history));
  }

  @Test
  void aTrialOfWhichNothingWasSaidWasLost() {
    assertEquals(List.of("s/0001: was lost"), VERDICT.ofLog(history));
  }

  @Test
  void aTrialThatWasNotCommittedIsStuck() {
    say(queued(1, 1), started(1, "a"), completed("a"));
    condemns("s/0001: ended 0 times");
  }

  @Test
  void aTrialThatWasCommittedTwiceWasCountedTwice() {
    say(queued(1, 1), started(1, "a"), completed("a"), committed(1), committed(1));
    condemns("s/0001: ended 2 times");
  }

  @Test
  void aDecisionOfACoordinatorThatWasReplacedDoesNotCount() {
    say(
        new Event.Leader(2, "c2", Optional.empty(), AT),
        queued(2, 1),
        started(1, "a"),
        completed("a"));
    say(committed(1));
    condemns("s/0001: ended 0 times");
    assertEquals(1, history.fenced());
  }

  @Test
  void theEndOfAnExecutionThatLostItsTrialDoesNotCount() {
    say(queued(1, 1), started(1, "a"), queued(1, 2), started(2, "b"), completed("a"));
    say(committed(1));
    condemns("s/0001: was not completed");
  }

  @Test
  void anOwnerThatWasThoughtLostMayEndItsTrialBeforeTheNextOneStarts() {
    say(queued(1, 1), started(1, "a"), queued(1, 2), completed("a"), committed(1), started(2, "b"));
    assertEquals(List.of(), VERDICT.ofLog(history));
  }

  @Test
  void aTrialThatWasGivenUpIsNotFine() {
    TrialOutcome.Failed failure = new TrialOutcome.Failed(FailureKind.WORKER_LOST, "5 times", 1);
    say(queued(1, 1), started(1, "a"), new Event.GivenUp(1, TRIAL, failure, AT), committed(1));
    condemns("s/0001: was given up");
  }

  @Test
  void modelsThatDifferAreNamed() throws IOException {
    List<String> problems = VERDICT.ofModels(trial("here", "model"), trial("there", "another"));
    assertEquals(3, problems.size(), problems::toString);
    assertTrue(
        problems.get(0).endsWith("encoder.onnx: differs from the undisturbed run at byte 0"));
  }

  @Test
  void aModelThatIsMissingIsNamed() throws IOException {
    Path here = trial("here", "model");
    Files.delete(here.resolve("s/trials/0001/vae.onnx"));
    List<String> problems = VERDICT.ofModels(here, trial("there", "model"));
    assertEquals(1, problems.size(), problems::toString);
  }

  @Test
  void whatIsLeftOverIsNamed() throws IOException {
    Path here = trial("here", "model");
    Files.createDirectories(here.resolve("s/.attempts/0001"));
    Files.createFile(here.resolve("s/.results.csv.new"));
    assertEquals(2, Verdict.leftOvers(here).size());
  }

  @Test
  void aTableWithoutARowForEachTrialIsNamed() throws IOException {
    Path here = trial("here", "model");
    Files.writeString(here.resolve("s/results.csv"), "trial\n");
    assertEquals(1, VERDICT.ofTable(here).size());
  }

  @Test
  void equalModelsAndNothingElseAreFine() throws IOException {
    Path here = trial("here", "model");
    assertEquals(List.of(), VERDICT.ofModels(here, trial("there", "model")));
    assertEquals(List.of(), VERDICT.ofTable(here));
    assertEquals(List.of(), Verdict.leftOvers(here));
  }

  private Path trial(String name, String content) throws IOException {
    Path place = Files.createDirectories(folder.resolve(name).resolve("s/trials/0001"));
    for (String model : List.of("encoder.onnx", "decoder.onnx", "vae.onnx")) {
      Files.writeString(place.resolve(model), content);
    }
    Files.writeString(place.getParent().resolveSibling("results.csv"), "trial\n0001,completed,1\n");
    return folder.resolve(name);
  }

  private void condemns(String how) {
    List<String> problems = VERDICT.ofLog(history);
    assertEquals(1, problems.size());
    assertTrue(problems.get(0).startsWith(how), problems.get(0));
  }

  private void say(Event... events) {
    List.of(events).forEach(event -> history.add(event, 0));
  }

  private static Event queued(long epoch, int attempt) {
    return new Event.Queued(epoch, TRIAL, attempt, Optional.empty(), AT);
  }

  private static Event started(int attempt, String execution) {
    return new Event.Started(TRIAL, attempt, execution, "w", 1, AT);
  }

  private static Event completed(String execution) {
    TrialOutcome outcome = LoggedTrials.COMPLETED;
    return new Event.Ended(TRIAL, 1, execution, "w", outcome, "", Map.of(), AT);
  }

  private static Event committed(long epoch) {
    return new Event.Committed(epoch, TRIAL, 1, AT);
  }
}
