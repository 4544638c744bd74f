package dev.elbow.coordinator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.FailureKind;
import dev.elbow.api.TrialId;
import dev.elbow.api.TrialOutcome;
import dev.elbow.coordinator.ledger.LoggedTrial.End;
import dev.elbow.coordinator.ledger.LoggedTrial.Left;
import dev.elbow.coordinator.results.Results;
import dev.elbow.coordinator.results.Row;
import dev.elbow.coordinator.results.ScoreTable;
import dev.elbow.coordinator.sweep.Goal;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepFoldersTest {
  private static final TrialId TRIAL = new TrialId("s", 7);
  private static final TrialOutcome OUTCOME =
      new TrialOutcome.Failed(FailureKind.DIVERGED, "files are placed whatever the outcome", 1);

  @TempDir Path results;
  private SweepFolders folders;

  @BeforeEach
  void begin() {
    folders = new SweepFolders(results);
  }

  private static End end(String folder) {
    return new End(OUTCOME, Optional.of(new Left(folder, Map.of("a.txt", "0a"))));
  }

  private Path attempt(String execution) throws IOException {
    Path folder = Files.createDirectories(results.resolve("s/.attempts/0007").resolve(execution));
    Files.writeString(folder.resolve("a.txt"), execution);
    return folder;
  }

  private static Results table(Row... rows) {
    Goal goal = new Goal(Goal.Direction.MINIMIZE, "test_loss", Optional.empty());
    return new Results("s", List.of(), goal, List.of(rows));
  }

  @Test
  void movesTheOwnersFilesAndRemovesAllOtherAttempts() throws IOException {
    attempt("x");
    attempt("y");
    Files.writeString(results.resolve("s/.attempts/0007/checkpoint"), "c");
    folders.place(TRIAL, end("s/.attempts/0007/y"));
    assertEquals("y", Files.readString(results.resolve("s/trials/0007/a.txt")));
    assertFalse(Files.exists(results.resolve("s/.attempts/0007")));
  }

  @Test
  void keepsTheCheckpointOfATrialThatWasStoppedAndNothingElse() throws IOException {
    attempt("x");
    Path attempts = results.resolve("s/.attempts/0007");
    Files.writeString(attempts.resolve("checkpoint.safetensors"), "c");
    Files.writeString(attempts.resolve("checkpoint.safetensors.x.part"), "p");
    TrialOutcome stopped = new TrialOutcome.Stopped(Optional.empty(), "enough", 1);
    folders.place(TRIAL, new End(stopped, Optional.empty()));
    try (Stream<Path> kept = Files.list(attempts)) {
      assertEquals(List.of(attempts.resolve("checkpoint.safetensors")), kept.toList());
    }
    attempt("late");
    folders.clear(TRIAL, true);
    assertTrue(Files.exists(attempts.resolve("checkpoint.safetensors")));
    assertFalse(Files.exists(attempts.resolve("late")));
    assertEquals(List.of(TRIAL), folders.attempted("s"));
    folders.clear(TRIAL, false);
    assertEquals(List.of(), folders.attempted("s"));
    assertFalse(Files.exists(attempts));
  }

  @Test
  void mayBeRepeatedAfterACrashAtAnyPoint() throws IOException {
    attempt("y");
    folders.place(TRIAL, end("s/.attempts/0007/y"));
    attempt("late");
    folders.place(TRIAL, end("s/.attempts/0007/y"));
    assertEquals("y", Files.readString(results.resolve("s/trials/0007/a.txt")));
    assertFalse(Files.exists(results.resolve("s/.attempts/0007")));
  }

  @Test
  void goesOnWhereFilesWereCopiedAndNotAllOfTheOthersRemoved() throws Exception {
    Path place = Files.createDirectories(results.resolve("s/trials/0007"));
    Files.writeString(place.resolve("a.txt"), "y");
    Path half = Files.createDirectories(results.resolve("s/.attempts/0007/y"));
    folders.place(TRIAL, endOf("y"));
    assertEquals("y", Files.readString(place.resolve("a.txt")));
    assertFalse(Files.exists(half));
  }

  private static End endOf(String text) throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    Left left = new Left("s/.attempts/0007/y", Map.of("a.txt", HexFormat.of().formatHex(hash)));
    return new End(OUTCOME, Optional.of(left));
  }

  @Test
  void takesNoFilesOfAnEarlierEndForThoseThatAreMissing() throws Exception {
    Path place = Files.createDirectories(results.resolve("s/trials/0007"));
    Files.writeString(place.resolve("a.txt"), "earlier");
    Files.createDirectories(results.resolve("s/.attempts/0007/y"));
    assertThrows(FileNotFoundException.class, () -> folders.place(TRIAL, endOf("y")));
  }

  @Test
  void replacesWhatAnEarlierEndOfTheTrialHadLeft() throws IOException {
    attempt("y");
    folders.place(TRIAL, end("s/.attempts/0007/y"));
    attempt("z");
    folders.place(TRIAL, end("s/.attempts/0007/z"));
    assertEquals("z", Files.readString(results.resolve("s/trials/0007/a.txt")));
  }

  @Test
  void namesFilesThatAreNowhereAndMovesNothing() throws IOException {
    Path folder = attempt("y");
    Files.delete(folder.resolve("a.txt"));
    FileNotFoundException e =
        assertThrows(
            FileNotFoundException.class, () -> folders.place(TRIAL, end("s/.attempts/0007/y")));
    assertTrue(e.getMessage().endsWith("lacks a.txt"), e.getMessage());
    assertFalse(Files.exists(results.resolve("s/trials/0007")));
  }

  @Test
  void movesNothingThatIsNoAttemptOfTheTrial() throws IOException {
    Files.createDirectories(results.resolve("other"));
    Files.writeString(results.resolve("other/a.txt"), "mine");
    for (String folder : List.of("other", "../other", "s/.attempts/0007/../../../other")) {
      assertThrows(FileNotFoundException.class, () -> folders.place(TRIAL, end(folder)));
    }
    assertEquals("mine", Files.readString(results.resolve("other/a.txt")));
  }

  private List<Path> files(String folder) throws IOException {
    try (Stream<Path> all = Files.walk(results.resolve(folder))) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @Test
  void removesADeletedSweepAndSaysBeforeWhatThatIs() throws IOException {
    completed(7, "model");
    attempt("x");
    assertEquals(new Usage(1, 4, 5 + 2 + 3 + 1), folders.usage("s"));
    Files.createDirectories(results.resolve("other/trials"));
    folders.delete("s");
    folders.delete("s");
    try (Stream<Path> left = Files.list(results)) {
      assertEquals(List.of(results.resolve("other")), left.toList());
    }
    assertEquals(Usage.NONE, folders.usage("s"));
  }

  private Path completed(int trial, String model) throws IOException {
    Path folder = Files.createDirectories(results.resolve("s/trials/%04d".formatted(trial)));
    Files.writeString(folder.resolve("vae.onnx"), model);
    Files.writeString(folder.resolve("trial.json"), "{}");
    Files.writeString(folder.resolve("metrics.csv"), "a,b");
    return folder;
  }

  @Test
  void goesOnWithARemovalThatBrokeOff() throws IOException {
    Path aside = Files.createDirectories(results.resolve(".deleted/s-1/trials"));
    Files.writeString(aside.resolve("a.txt"), "left");
    folders.delete("s");
    assertFalse(Files.exists(results.resolve(".deleted")));
  }

  @Test
  void removesALinkAndNotWhatItLeadsTo() throws IOException {
    Path kept = Files.createDirectories(results.resolve("elsewhere/trials"));
    Files.createSymbolicLink(results.resolve("s"), results.resolve("elsewhere"));
    folders.delete("s");
    assertFalse(Files.exists(results.resolve("s"), LinkOption.NOFOLLOW_LINKS));
    assertTrue(Files.isDirectory(kept));
  }

  @Test
  void removesOfADeletedSweepLaterOnlyWhatWorkersWrite() throws IOException {
    attempt("late");
    folders.clearDeleted("s");
    assertFalse(Files.exists(results.resolve("s")));
    attempt("late");
    Path restored = completed(1, "model");
    folders.clearDeleted("s");
    assertTrue(Files.exists(restored.resolve("vae.onnx")));
    folders.clearDeleted("never");
  }

  @Test
  void keepsTheDescriptionAndTheCurveOfAPrunedTrial() throws IOException {
    Path folder = completed(7, "model");
    completed(8, "larger");
    assertEquals(new Usage(2, 2, 11), folders.prunable("s", List.of(7, 8, 9)));
    folders.prune(TRIAL);
    folders.prune(TRIAL);
    assertEquals(
        List.of(folder.resolve("metrics.csv"), folder.resolve("trial.json")),
        files("s/trials/0007"));
    folders.requirePlaced(List.of(TRIAL));
    assertEquals(Usage.NONE, folders.prunable("s", List.of(7)));
  }

  @Test
  void removesATableThatAnEarlierCoordinatorHadNotFinished() throws IOException {
    folders.write("s", List.of("trial\n"), new ScoreTable(), "name: s\n");
    Path half = Files.writeString(results.resolve("s/.results.csv.new"), "trial,sta");
    folders.write("s", List.of("trial\n"), new ScoreTable(), "name: s\n");
    assertFalse(Files.exists(half));
  }

  @Test
  void leavesNoFolderOfATrialThatFailed() throws IOException {
    attempt("y");
    TrialOutcome failed = new TrialOutcome.Failed(FailureKind.DIVERGED, "NaN", 1);
    folders.place(TRIAL, new End(failed, Optional.empty()));
    assertFalse(Files.exists(results.resolve("s/.attempts/0007")));
    assertFalse(Files.exists(results.resolve("s/trials/0007")));
  }

  @Test
  void hasNoSweepFileUntilTheFolderIsWholeAndIsMadeAgain() throws IOException {
    Path inTheWay = Files.createDirectories(results.resolve("s/sweep.yaml"));
    assertThrows(IOException.class, () -> folders.create("s", "name: s\n", table()));
    assertTrue(Files.isRegularFile(results.resolve("s/results.csv")));
    Files.delete(inTheWay);
    folders.create("s", "name: s\n", table());
    assertEquals("name: s\n", Files.readString(results.resolve("s/sweep.yaml")));
  }

  @Test
  void overwritesNoResultsThatTheLogDoesNotKnow() throws IOException {
    folders.create("s", "name: s\n", table());
    folders.create("s", "name: s\n", table());
    Row row = new Row(1, "completed", 1, 1, Map.of(), Map.of("test_loss", 1.0), "", "");
    folders.write("s", List.of(table(row).csv()), new ScoreTable(), "name: other\n");
    assertEquals("name: s\n", Files.readString(results.resolve("s/sweep.yaml")));
    assertThrows(FileAlreadyExistsException.class, () -> folders.create("s", "name: s\n", table()));
    assertEquals(1, Results.read(results.resolve("s")).rows().size());
  }

  @Test
  void placesATrialWhileALoserGoesOnWriting() throws Exception {
    Path loser = results.resolve("s/.attempts/0007/loser");
    AtomicBoolean over = new AtomicBoolean();
    Thread writing = new Thread(() -> write(loser, over));
    writing.start();
    try {
      // Mostly a file comes between the removal of the others and that of their folder.
      for (int round = 0; round < 10; round++) {
        attempt("owner" + round);
        folders.place(TRIAL, end("s/.attempts/0007/owner" + round));
        assertEquals("owner" + round, Files.readString(results.resolve("s/trials/0007/a.txt")));
      }
    } finally {
      over.set(true);
      writing.join();
    }
    folders.clear(TRIAL, false);
    assertFalse(Files.exists(results.resolve("s/.attempts/0007")));
  }

  private static void write(Path folder, AtomicBoolean over) {
    for (int file = 0; !over.get(); file++) {
      try {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("f" + file), "x");
      } catch (IOException e) {
        // Somebody has just removed the folder.
      }
    }
  }
}
