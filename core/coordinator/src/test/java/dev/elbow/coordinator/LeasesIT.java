package dev.elbow.coordinator;

import static dev.elbow.coordinator.TestWorker.await;
import static dev.elbow.coordinator.TestWorker.completed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.FailureKind;
import dev.elbow.api.TrialOutcome;
import dev.elbow.coordinator.TestWorker.Taken;
import dev.elbow.coordinator.ledger.TrialState;
import dev.elbow.coordinator.results.Row;
import dev.elbow.messaging.Control;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Workers that fall silent, give back, start twice or fail. */
class LeasesIT extends CoordinatorFixture {
  @Test
  void queuesATrialAgainWhoseWorkerFellSilentAndIgnoresWhatThatOneSaysLater() throws Exception {
    Coordinator coordinator = coordinator();
    await(coordinator.submit(sweep("")));
    TestWorker lost = worker(1, taken -> Optional.empty());
    until(() -> lost.taken.size() == 1);
    lost.fallSilent();
    TestWorker other = worker(1, CoordinatorFixture::loss);
    await(coordinator.finished("s"));
    assertEquals(2, other.taken.get(0).attempt());
    Taken first = lost.taken.get(0);
    until(() -> lost.told.contains(new Control.Lost(first.trial().id(), first.execution())));
    lost.end(first, completed(1));
    Row row = table().rows().get(0);
    assertEquals(2, row.attempts());
    assertEquals(101, row.figure("test_loss"));
    String owner = Files.readString(results.resolve("s/trials/0001/trial.json"));
    assertEquals(other.taken.get(0).execution(), owner);
  }

  @Test
  void givesUpATrialWhoseWorkersFallSilentTooOften() throws Exception {
    Coordinator coordinator = coordinator();
    await(coordinator.submit(sweep("")));
    List<TestWorker> lost = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      TestWorker worker = worker(1, taken -> Optional.empty());
      lost.add(worker);
      until(() -> worker.taken.size() == 1);
      worker.fallSilent();
    }
    SweepView view = await(coordinator.finished("s"));
    assertEquals(1, view.count(TrialState.FAILED));
    Row row = table().rows().get(0);
    assertEquals("WORKER_LOST", row.failure());
    assertTrue(row.message().contains("was silent for 1 s, in attempt 3 of 3"), row.message());
  }

  @Test
  void letsTheLaterOfTwoStartsOwnATrialAndTellsTheFirst() throws Exception {
    Coordinator coordinator = coordinator();
    await(coordinator.submit(sweep("")));
    TestWorker worker = worker(2, taken -> Optional.empty());
    until(() -> worker.taken.size() == 1);
    worker.sendAgain(worker.taken.get(0));
    until(() -> worker.taken.size() == 2);
    Taken first = worker.taken.get(0);
    Taken second = worker.taken.get(1);
    until(() -> worker.told.contains(new Control.Lost(first.trial().id(), first.execution())));
    worker.end(first, completed(1));
    worker.end(second, completed(2));
    await(coordinator.finished("s"));
    assertEquals(second.execution(), Files.readString(results.resolve("s/trials/0001/trial.json")));
    assertEquals(2, table().rows().get(0).figure("test_loss"));
  }

  @Test
  void queuesAgainWithoutUsingAnAttemptWhatAWorkerDeclinesOrGivesBack() throws Exception {
    Coordinator coordinator = coordinator();
    await(coordinator.submit(sweep("")));
    LateWorker worker = new LateWorker();
    AtomicInteger times = new AtomicInteger();
    worker.worker =
        worker(
            1,
            taken -> {
              if (times.getAndIncrement() == 0) {
                worker.get().handBack(taken);
                return Optional.empty();
              }
              return loss(taken);
            });
    await(coordinator.finished("s"));
    assertEquals(2, times.get());
    assertEquals(1, table().rows().get(0).attempts());
  }

  @Test
  void triesAgainWhatMayDoBetterAndFailsTheRestAtOnce() throws Exception {
    Coordinator coordinator = coordinator();
    await(coordinator.submit(sweep(betas(3))));
    worker(
        2,
        taken ->
            switch (taken.trial().id().number()) {
              case 1 -> failure(FailureKind.DIVERGED, "loss is NaN in epoch 1, step 7");
              case 2 ->
                  taken.attempt() < 3
                      ? failure(FailureKind.INFRASTRUCTURE, "disk, \"full\"")
                      : loss(taken);
              default -> failure(FailureKind.INFRASTRUCTURE, "no disk");
            });
    SweepView view = await(coordinator.finished("s"));
    assertEquals(1, view.count(TrialState.COMPLETED));
    assertEquals(2, view.count(TrialState.FAILED));
    List<Row> rows = table().rows();
    assertEquals("DIVERGED", rows.get(0).failure());
    assertEquals(1, rows.get(0).attempts());
    assertEquals("completed", rows.get(1).state());
    assertEquals(3, rows.get(1).attempts());
    assertEquals("no disk", rows.get(2).message());
    assertEquals(3, rows.get(2).attempts());
  }

  private static Optional<TrialOutcome> failure(FailureKind kind, String message) {
    return Optional.of(new TrialOutcome.Failed(kind, message, 0.5));
  }
}
