package dev.elbow.coordinator;

import static dev.elbow.coordinator.TestWorker.await;
import static dev.elbow.coordinator.TestWorker.completed;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.broker.Broker;
import dev.elbow.broker.BrokerSettings;
import dev.elbow.coordinator.ledger.TrialState;
import dev.elbow.coordinator.results.Results;
import dev.elbow.testkit.Relay;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A network that is cut between some of them, or in one direction. */
class SplitIT extends ElectionFixture {
  @TempDir Path folder;
  private Relay relay;

  @BeforeEach
  void goThroughARelay() throws Exception {
    relay = own(Relay.open());
    String reached = "CLIENTS://127.0.0.1:" + relay.port();
    Broker broker =
        own(
            Broker.start(
                BrokerSettings.builder(folder)
                    .property("group.min.session.timeout.ms", "500")
                    .property("advertised.listeners", reached)
                    .build()));
    relay.to(broker.bootstrapServers());
    kafka = on(broker);
  }

  /** Before anything is closed, which would wait for what is held. */
  @AfterEach
  void letGo() {
    relay.letGo();
  }

  /** How a coordinator is cut off. */
  enum Cut {
    /** Nothing comes through. */
    WHOLLY,
    /** What it writes and asks arrives; no answer does. */
    FROM_ANSWERS
  }

  @ParameterizedTest
  @EnumSource(Cut.class)
  void aLeaderThatIsCutOffIsReplacedWhileItsWorkersGoOn(Cut cut) throws Exception {
    Member first = patient("first");
    Member second = patient("second");
    await(first.coordinator.submit(sweep("s", 12)));
    TestWorker worker =
        worker(1, taken -> taken.trial().id().number() == 3 ? Optional.empty() : loss(taken));
    until(() -> worker.taken.size() == 3);
    cutOff("first", cut);
    until(second::leads);
    worker.end(worker.taken.get(2), completed(103));
    await(second.coordinator.finished("s"));
    relay.letGo();
    until(() -> !first.leads());
    await(first.coordinator.finished("s"));
    assertEquals(12, first.view().count(TrialState.COMPLETED));
    assertTrue(second.leads());
    Results table = Results.read(results.resolve("s"));
    assertTrue(table.rows().stream().allMatch(row -> row.attempts() == 1));
  }

  private void cutOff(String client, Cut cut) {
    relay.holdAnswers(client::equals);
    if (cut == Cut.WHOLLY) {
      relay.holdRequests(request -> request.client().equals(client));
    }
  }

  @Test
  void aLeaderThatReadsAndCannotWriteDecidesNothingUntilItCan() throws Exception {
    Member only = new Member("only", Duration.ofSeconds(20), Duration.ofHours(1));
    await(only.coordinator.submit(sweep("s", 4)));
    TestWorker worker = worker(1, taken -> Optional.empty());
    until(() -> worker.taken.size() == 1);
    relay.holdRequests(
        request -> request.client().equals("only") && request.kind() == Relay.PRODUCE);
    until(() -> !problems(only).isEmpty());
    assertTrue(problems(only).get(0).startsWith("Kafka is not heard"), problems(only).get(0));
    CompletableFuture<Void> asked =
        only.coordinator.pause("s", "somebody").toCompletionStage().toCompletableFuture();
    worker.end(worker.taken.get(0), completed(101));
    until(() -> worker.taken.size() == 2); // what was queued before goes on
    assertFalse(asked.isDone());
    assertFalse(only.view().paused());
    assertEquals(0, only.view().count(TrialState.COMPLETED));
    relay.letGo();
    asked.get(30, TimeUnit.SECONDS);
    until(() -> only.view().count(TrialState.COMPLETED) == 1);
    await(only.coordinator.resume("s", "somebody"));
    for (int i = 1; i < 4; i++) {
      int next = i;
      until(() -> worker.taken.size() > next);
      worker.end(worker.taken.get(i), completed(i));
    }
    assertEquals(4, await(only.coordinator.finished("s")).count(TrialState.COMPLETED));
    assertEachQueuedOnce(4);
  }
}
