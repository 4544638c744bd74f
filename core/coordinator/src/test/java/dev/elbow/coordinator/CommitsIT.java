package dev.elbow.coordinator;

import static dev.elbow.coordinator.TestWorker.await;
import static dev.elbow.coordinator.TestWorker.completed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.coordinator.TestWorker.Taken;
import dev.elbow.coordinator.ledger.TrialState;
import dev.elbow.coordinator.results.Row;
import dev.elbow.messaging.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Files come to their place and rows into the table before a trial is completed. */
class CommitsIT extends CoordinatorFixture {
  @Test
  void completesNoTrialBeforeItIsInTheTable() throws Exception {
    Coordinator coordinator = coordinator();
    List<Integer> completed = new CopyOnWriteArrayList<>();
    List<Integer> missing = new CopyOnWriteArrayList<>();
    coordinator.observe(
        new Observer() {
          @Override
          public void changed(TrialView trial) {
            int number = trial.id().number();
            if (trial.state() == TrialState.COMPLETED) {
              (inTable(number) ? completed : missing).add(number);
            }
          }
        });
    await(coordinator.submit(sweep(betas(40))));
    worker(2, CoordinatorFixture::loss);
    await(coordinator.finished("s"));
    assertEquals(List.of(), missing);
    assertEquals(40, completed.size());
  }

  private boolean inTable(int trial) {
    try {
      return table().rows().stream().anyMatch(row -> row.trial() == trial);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void commitsOtherTrialsThoughTheFilesOfOneCannotBeMoved() throws Exception {
    Coordinator coordinator = coordinator();
    await(coordinator.submit(sweep(betas(3))));
    Path inTheWay = Files.writeString(results.resolve("s/trials/0001"), "no folder");
    worker(1, CoordinatorFixture::loss);
    until(() -> coordinator.view("s").orElseThrow().count(TrialState.COMPLETED) == 2);
    assertEquals(List.of(2, 3), table().rows().stream().map(Row::trial).toList());
    assertEquals("no folder", Files.readString(inTheWay));
    Files.delete(inTheWay);
    assertEquals(3, await(coordinator.finished("s")).count(TrialState.COMPLETED));
    assertTrue(Files.isRegularFile(results.resolve("s/trials/0001/vae.onnx")));
  }

  @Test
  void failsATrialWhoseFilesAreNowhere() throws Exception {
    // Lost files are tried again like any trouble of the infrastructure; here there is one attempt.
    Coordinator coordinator =
        coordinator(settings().with(TestWorker.HEARTBEAT, Duration.ofSeconds(1), 1));
    await(coordinator.submit(sweep("")));
    TestWorker worker = worker(1, taken -> Optional.empty());
    until(() -> worker.taken.size() == 1);
    Taken taken = worker.taken.get(0);
    worker.say(
        new Event.Ended(
            taken.trial().id(),
            1,
            taken.execution(),
            worker.name,
            completed(1),
            taken.folder(),
            Map.of("vae.onnx", "0"),
            Instant.now()));
    await(coordinator.finished("s"));
    Row row = table().rows().get(0);
    assertEquals("INFRASTRUCTURE", row.failure());
    assertTrue(row.message().contains("lacks vae.onnx"), row.message());
  }

  @Test
  void doesNotCallASweepDoneWhoseFilesSomebodyRemoved() throws Exception {
    Coordinator coordinator = coordinator();
    await(coordinator.submit(sweep(betas(2))));
    worker(1, CoordinatorFixture::loss);
    await(coordinator.finished("s"));
    Path trial = results.resolve("s/trials/0002");
    Files.move(trial, results.resolve("elsewhere"));
    CompletionException e =
        assertThrows(CompletionException.class, () -> await(coordinator.submit(sweep(betas(2)))));
    assertTrue(e.getCause().getMessage().contains("s/0002"), e.getCause().getMessage());
    Files.move(results.resolve("elsewhere"), trial);
    assertEquals(new Submission.AlreadyThere("s", 2), await(coordinator.submit(sweep(betas(2)))));
  }
}
