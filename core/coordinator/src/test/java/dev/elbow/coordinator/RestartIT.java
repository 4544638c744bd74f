package dev.elbow.coordinator;

import static dev.elbow.coordinator.TestWorker.await;
import static dev.elbow.coordinator.TestWorker.completed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.TrialId;
import dev.elbow.api.data.DataFolder;
import dev.elbow.coordinator.ledger.TrialState;
import dev.elbow.coordinator.sweep.Reading;
import dev.elbow.coordinator.sweep.Sweep;
import dev.elbow.coordinator.sweep.SweepReader;
import dev.elbow.messaging.Event;
import dev.elbow.messaging.Messaging;
import dev.elbow.messaging.Provisioning;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** What a coordinator makes of a log that another has left. */
class RestartIT extends CoordinatorFixture {
  private static final TrialId TRIAL = new TrialId("s", 1);

  @Test
  void goesOnAfterARestartWithoutRunningAnythingTwice() throws Exception {
    Coordinator before = coordinator();
    await(before.submit(sweep(betas(8))));
    Set<Integer> held = ConcurrentHashMap.newKeySet();
    TestWorker worker =
        worker(
            1,
            taken -> {
              boolean hold = taken.trial().id().number() == 3;
              return hold && held.add(3) ? Optional.empty() : loss(taken);
            });
    until(() -> held.contains(3));
    await(before.close());
    Coordinator after = coordinator();
    assertEquals(List.of("s"), after.sweeps());
    until(() -> after.view("s").orElseThrow().count(TrialState.COMPLETED) == 2);
    assertEquals(new Submission.AlreadyThere("s", 8), await(after.submit(sweep(betas(8)))));
    worker.end(worker.taken.get(2), completed(103));
    TestWorker second = worker(1, CoordinatorFixture::loss);
    await(after.finished("s"));
    assertEquals(8, table().rows().size());
    assertTrue(table().rows().stream().allMatch(row -> row.attempts() == 1));
    assertEquals(8, worker.taken.size() + second.taken.size());
  }

  @Test
  void sendsWhatWasDecidedBeforeACrashAndNeverSent() throws Exception {
    write(List.of(leader(), submitted(sweep("")), queued()));
    Coordinator coordinator = coordinator();
    worker(1, CoordinatorFixture::loss);
    await(coordinator.finished("s"));
    assertEquals(1, table().rows().get(0).attempts());
  }

  @Test
  void tellsThatASweepOfTheLogCannotGoOnWithoutItsPlugins() throws Exception {
    Event.SweepSubmitted known = submitted(sweep(""));
    String document = known.document().replace("\"dense\"", "\"gone\"");
    write(
        List.of(
            leader(),
            new Event.SweepSubmitted(1, "s", document, "ab", Optional.empty(), Instant.now())));
    Coordinator coordinator = coordinator();
    CompletionException e =
        assertThrows(CompletionException.class, () -> await(coordinator.submit(sweep(""))));
    assertTrue(e.getMessage().contains("'gone' is an unknown encoder"), e.getMessage());
  }

  @Test
  void commitsWhatWasMovedBeforeACrashAndNotYetCommitted() throws Exception {
    Sweep sweep = sweep("");
    Instant now = Instant.now();
    write(
        List.of(
            leader(),
            submitted(sweep),
            queued(),
            new Event.Started(TRIAL, 1, "e", "w", 0, now),
            new Event.Ended(
                TRIAL,
                1,
                "e",
                "w",
                completed(90),
                "s/.attempts/0001/e",
                Map.of("vae.onnx", "0"),
                now)));
    Path moved = Files.createDirectories(results.resolve("s/trials/0001"));
    Files.writeString(moved.resolve("vae.onnx"), "model");
    Files.createDirectories(results.resolve("s/.attempts/0001/other"));
    Coordinator coordinator = coordinator();
    SweepView view = await(coordinator.finished("s"));
    assertEquals(1, view.count(TrialState.COMPLETED));
    assertEquals(90, table().rows().get(0).figure("test_loss"));
    assertEquals(List.of(), attempts());
    assertEquals("model", Files.readString(moved.resolve("vae.onnx")));
    Reading again =
        new SweepReader(TestSystem.CATALOG, DataFolder.none())
            .read(results.resolve("s/sweep.yaml"));
    assertEquals(List.of(), again.sweep().orElseThrow().differences(sweep));
  }

  private void write(List<Event> log) {
    Provisioning.ensure(system.kafka(), 1, Duration.ofSeconds(30));
    Messaging messaging = Messaging.open(system.vertx(), system.kafka());
    log.forEach(event -> await(messaging.events().publish(event)));
    await(messaging.close());
  }

  private static Event leader() {
    return new Event.Leader(1, "dead", Optional.empty(), Instant.now());
  }

  private static Event.SweepSubmitted submitted(Sweep sweep) {
    return new Event.SweepSubmitted(
        1, "s", sweep.document(), sweep.dataSha256(), Optional.empty(), Instant.now());
  }

  private static Event queued() {
    return new Event.Queued(1, TRIAL, 1, Optional.empty(), Instant.now());
  }
}
