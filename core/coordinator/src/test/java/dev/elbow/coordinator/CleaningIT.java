package dev.elbow.coordinator;

import static dev.elbow.coordinator.TestSystem.completed;
import static dev.elbow.coordinator.TestSystem.done;
import static dev.elbow.coordinator.TestSystem.sweep;
import static dev.elbow.coordinator.TestSystem.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.TrialId;
import dev.elbow.api.TrialOutcome;
import dev.elbow.api.data.DataFolder;
import dev.elbow.broker.Broker;
import dev.elbow.coordinator.TestWorker.Taken;
import dev.elbow.coordinator.ledger.TrialState;
import dev.elbow.coordinator.results.Results;
import dev.elbow.coordinator.sweep.Sweep;
import dev.elbow.coordinator.sweep.SweepReader;
import dev.elbow.messaging.Control;
import dev.elbow.messaging.Event.Command;
import dev.elbow.messaging.Event.Commanded;
import dev.elbow.messaging.Event.Pruned;
import dev.elbow.testkit.SharedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What becomes of files that nobody wants any more, whoever dies on the way. */
@Timeout(60)
@ExtendWith(SharedBroker.class)
@Execution(ExecutionMode.CONCURRENT)
class CleaningIT {
  private static final TrialId FIRST = new TrialId("s", 1);
  private static final TrialId SECOND = new TrialId("s", 2);
  private static final TrialOutcome STOPPED = new TrialOutcome.Stopped(Optional.empty(), "", 1);

  @TempDir Path results;
  private TestSystem system;

  @BeforeEach
  void begin(Broker broker) {
    system = new TestSystem(broker, TestSystem.CATALOG, results);
  }

  @AfterEach
  void end() throws Exception {
    system.close();
  }

  private Submission submit(int trials) {
    byte[] text = sweep("s", trials).getBytes(StandardCharsets.UTF_8);
    Sweep sweep =
        new SweepReader(TestSystem.CATALOG, DataFolder.none()).read("s.yaml", text).sweep().get();
    return done(system.coordinator().submit(sweep));
  }

  private SweepView view() {
    return system.coordinator().view("s").orElseThrow();
  }

  private Path attempts() {
    return results.resolve("s/.attempts/0001");
  }

  private void checkpoint() {
    try {
      Files.createDirectories(attempts().resolve("x"));
      Files.writeString(attempts().resolve("x/vae.onnx"), "half");
      Files.writeString(attempts().resolve("checkpoint.safetensors"), "weights");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).map(folder::relativize).sorted().toList();
    }
  }

  @Test
  void aDeletedSweepIsStoppedAndGoneWithItsFilesAndWhoWaitsForItIsTold() throws Exception {
    submit(3);
    system.worker(1, trial -> trial.equals(FIRST) ? Optional.of(completed(1)) : Optional.empty());
    system.untilTaken(SECOND);
    until(() -> view().count(TrialState.COMPLETED) == 1);
    var finished = system.coordinator().finished("s");
    Usage usage = done(system.coordinator().usage("s"));
    assertEquals(1, usage.trials());
    assertEquals(usage, done(system.coordinator().delete("s", "me")));
    assertFalse(Files.exists(results.resolve("s")));
    assertTrue(system.coordinator().view("s").isEmpty());
    assertEquals(List.of(), system.coordinator().sweeps());
    CompletionException told = assertThrows(CompletionException.class, () -> done(finished));
    assertEquals("sweep 's' was deleted", told.getCause().getMessage());
    until(() -> stops().stream().anyMatch(stop -> stop.trial().equals(SECOND)));
    assertThrows(CompletionException.class, () -> done(system.coordinator().delete("s", "me")));
  }

  private List<Control.Stop> stops() {
    return system.told().stream()
        .filter(Control.Stop.class::isInstance)
        .map(Control.Stop.class::cast)
        .toList();
  }

  @Test
  void whatAWorkerWritesAfterItsSweepWasDeletedGoesWhenItEnds() throws Exception {
    submit(1);
    system.worker(1, trial -> Optional.empty());
    system.untilTaken(FIRST);
    Taken late = system.taken(FIRST);
    done(system.coordinator().delete("s", "me"));
    checkpoint();
    system.end(FIRST, STOPPED);
    until(() -> !Files.exists(results.resolve("s")));
    checkpoint();
    system.say(system.ended(late, STOPPED));
    until(() -> !Files.exists(results.resolve("s")));
  }

  @Test
  void aNameThatWasDeletedMayBeGivenToAnotherSweepThatHearsNothingOfTheOld() throws Exception {
    submit(2);
    system.worker(3, trial -> Optional.empty());
    system.untilTaken(FIRST);
    Taken old = system.taken(FIRST);
    done(system.coordinator().delete("s", "me"));
    assertEquals(new Submission.Created("s", 3), submit(3));
    system.end(FIRST, completed(1));
    system.say(system.ended(old, completed(2)));
    until(() -> !system.taken(FIRST).execution().equals(old.execution()));
    assertEquals(old.attempt() + 1, system.taken(FIRST).attempt());
    assertTrue(stops().stream().allMatch(stop -> stop.attempt() <= old.attempt()));
    assertEquals(0, view().count(TrialState.COMPLETED));
    system.end(FIRST, completed(3));
    until(() -> view().count(TrialState.COMPLETED) == 1);
    assertEquals(1, done(system.coordinator().trial(FIRST)).attempts());
    assertEquals(1, Results.read(results.resolve("s")).rows().get(0).attempts());
    assertEquals(3, view().trials());
  }

  @Test
  void aCoordinatorGoesOnWithWhatItsPredecessorWasToRemove() throws Exception {
    submit(2);
    system.worker(1, trial -> Optional.of(completed(trial.number())));
    done(system.coordinator().finished("s"));
    system.restart(
        () -> {
          system.say(new Pruned(9, "s", List.of(2), "me", Instant.EPOCH));
          checkpoint();
        });
    until(() -> files(results.resolve("s/trials/0002")).equals(List.of(Path.of("trial.json"))));
    assertEquals(2, files(results.resolve("s/trials/0001")).size());
    assertTrue(done(system.coordinator().isPruned(SECOND)));
    until(() -> !Files.exists(attempts()));
    system.restart(
        () ->
            system.say(
                new Commanded(9, "s", Optional.empty(), Command.DELETE, "me", Instant.EPOCH)));
    until(() -> !Files.exists(results.resolve("s")));
    assertEquals(List.of(), system.coordinator().sweeps());
    system.restart(this::checkpoint);
    until(() -> !Files.exists(results.resolve("s")));
    assertEquals(new Submission.Created("s", 2), submit(2));
  }

  @Test
  void aRestartRemovesNoFolderThatSomebodyPutBack() throws Exception {
    submit(1);
    system.worker(1, trial -> Optional.of(completed(1)));
    done(system.coordinator().finished("s"));
    done(system.coordinator().delete("s", "me"));
    Path back = Files.createDirectories(results.resolve("s/trials/0001")).resolve("vae.onnx");
    Files.writeString(back, "backup");
    system.restart(() -> {});
    submitOther();
    assertEquals("backup", Files.readString(back));
  }

  // Files are removed one sweep after the other, and another sweep's turn comes last.
  private void submitOther() {
    byte[] text = sweep("other", 1).getBytes(StandardCharsets.UTF_8);
    Sweep sweep =
        new SweepReader(TestSystem.CATALOG, DataFolder.none()).read("o.yaml", text).sweep().get();
    done(system.coordinator().submit(sweep));
    done(system.coordinator().delete("other", "me"));
  }

  @Test
  void aCancelledTrialKeepsItsCheckpointAndGoesOnFromItWhenItIsTriedAgain() throws Exception {
    submit(1);
    system.worker(1, trial -> Optional.empty());
    system.untilTaken(FIRST);
    checkpoint();
    done(system.coordinator().cancel("s", "somebody"));
    system.end(FIRST, STOPPED);
    List<Path> kept = List.of(Path.of("checkpoint.safetensors"));
    until(() -> files(attempts()).equals(kept));
    checkpoint();
    system.restart(() -> {});
    until(() -> files(attempts()).equals(kept));
    done(system.coordinator().retry("s", "somebody"));
    until(() -> system.taken(FIRST).attempt() == 2);
    assertEquals(kept, files(attempts()));
    system.end(FIRST, completed(1));
    until(() -> view().finished());
    assertFalse(Files.exists(attempts()));
  }

  @Test
  void pruneKeepsTheModelsOfTheBestAndTheFiguresOfAll() throws Exception {
    submit(5);
    system.worker(1, trial -> Optional.of(completed(100 - trial.number())));
    done(system.coordinator().finished("s"));
    String table = Files.readString(results.resolve("s/results.csv"));
    Pruning before = done(system.coordinator().prunable("s", 2));
    assertEquals(List.of(5, 4), before.kept());
    assertEquals(new Usage(3, 3, 3 * "model".length()), before.freed());
    assertEquals(before, done(system.coordinator().prune("s", 2, "me")));
    assertEquals(List.of(Path.of("trial.json")), files(results.resolve("s/trials/0003")));
    assertEquals(2, files(results.resolve("s/trials/0004")).size());
    assertEquals(table, Files.readString(results.resolve("s/results.csv")));
    assertEquals(
        new Pruning(List.of(5, 4), Usage.NONE), done(system.coordinator().prune("s", 2, "me")));
    assertEquals(new Submission.AlreadyThere("s", 5), submit(5));
    assertEquals(5, done(system.coordinator().results("s")).rows().size());
  }
}
