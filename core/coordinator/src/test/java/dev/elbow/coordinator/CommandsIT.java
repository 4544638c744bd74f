package dev.elbow.coordinator;

import static dev.elbow.coordinator.TestWorker.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.elbow.coordinator.TestWorker.Taken;
import dev.elbow.coordinator.ledger.TrialState;
import dev.elbow.messaging.Control;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What people tell a coordinator to do with a sweep. */
class CommandsIT extends CoordinatorFixture {
  @Test
  void cancelsPausesResumesAndRetries() throws Exception {
    Coordinator coordinator = coordinator();
    await(coordinator.submit(sweep(betas(40))));
    await(coordinator.pause("s", "somebody"));
    TestWorker worker =
        worker(1, taken -> taken.trial().id().number() < 3 ? loss(taken) : Optional.empty());
    until(() -> coordinator.view("s").orElseThrow().waiting().isEmpty());
    await(coordinator.resume("s", "somebody"));
    until(() -> worker.taken.size() == 3);
    await(coordinator.cancel("s", "somebody"));
    SweepView view = await(coordinator.finished("s"));
    assertEquals(2, view.count(TrialState.COMPLETED));
    assertEquals(38, view.count(TrialState.CANCELLED));
    Taken stopped = worker.taken.get(2);
    until(
        () ->
            worker.told.stream()
                .anyMatch(
                    w ->
                        w instanceof Control.Stop stop
                            && stop.trial().equals(stopped.trial().id())));
    until(() -> table().rows().stream().anyMatch(row -> row.state().equals("cancelled")));
    worker.fallSilent();
    worker(2, CoordinatorFixture::loss);
    await(coordinator.retry("s", "somebody"));
    assertEquals(40, await(coordinator.finished("s")).count(TrialState.COMPLETED));
    until(() -> table().rows().size() == 40);
  }
}
