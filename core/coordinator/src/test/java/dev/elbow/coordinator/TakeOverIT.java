package dev.elbow.coordinator;

import static dev.elbow.coordinator.TestWorker.await;
import static dev.elbow.coordinator.TestWorker.completed;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.FailureKind;
import dev.elbow.api.Trial;
import dev.elbow.api.TrialId;
import dev.elbow.api.TrialOutcome;
import dev.elbow.broker.Broker;
import dev.elbow.broker.BrokerSettings;
import dev.elbow.coordinator.client.ElbowClient;
import dev.elbow.coordinator.ledger.TrialState;
import dev.elbow.coordinator.results.Results;
import dev.elbow.messaging.Control;
import dev.elbow.messaging.Event;
import dev.elbow.messaging.Messaging;
import dev.elbow.messaging.QueuedTrial;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several coordinators on one log. */
class TakeOverIT extends ElectionFixture {
  @Test
  void theOtherGoesOnAtOnceWhenTheActiveOneCloses() throws Exception {
    Member first = lasting("first");
    Member second = lasting("second");
    assertTrue(first.leads());
    assertFalse(second.leads());
    await(first.coordinator.submit(sweep("s", 30)));
    TestWorker worker = worker(2, TakeOverIT::loss);
    until(() -> worker.taken.size() >= 10);
    await(first.coordinator.close());
    await(second.coordinator.finished("s"));
    assertTrue(second.leads());
    assertEquals(30, worker.taken.size());
    assertEquals(30, Results.read(results.resolve("s")).rows().size());
    assertEachQueuedOnce(30);
  }

  @Test
  void theOtherGoesOnWhenTheActiveOneHangsAndThatOneStandsByWhenItIsBack() throws Exception {
    Member first = member("first");
    Member second = member("second");
    await(first.coordinator.submit(sweep("s", 30)));
    TestWorker worker =
        worker(1, taken -> taken.trial().id().number() == 5 ? Optional.empty() : loss(taken));
    until(() -> worker.taken.size() == 5);
    first.hang();
    until(second::leads);
    worker.end(worker.taken.get(4), completed(105));
    // What somebody asked of it while it hung, it writes with its old epoch.
    CompletableFuture<Void> late =
        first.coordinator.pause("s", "somebody").toCompletionStage().toCompletableFuture();
    first.hang.countDown();
    NotActiveException refused = notActive(late);
    assertTrue(refused.getMessage().contains("second"), refused.getMessage());
    assertFalse(second.view().paused());
    until(() -> !first.leads());
    await(second.coordinator.finished("s"));
    await(first.coordinator.finished("s"));
    assertEquals(30, first.view().count(TrialState.COMPLETED));
    assertEquals(30, worker.taken.size());
    assertEachQueuedOnce(30);
    assertTrue(second.leads());
  }

  private static NotActiveException notActive(CompletableFuture<?> future) {
    CompletionException e = assertThrows(CompletionException.class, future::join);
    return assertInstanceOf(NotActiveException.class, e.getCause());
  }

  @Test
  void leadsAgainWithNothingLeftOverFromBefore() throws Exception {
    Member first = member("first");
    await(first.coordinator.submit(sweep("s", 12)));
    TestWorker worker = worker(1, taken -> Optional.empty());
    until(() -> worker.taken.size() == 1);
    write(new Event.Leader(7, "ghost", Optional.empty(), Instant.now()));
    until(() -> !first.leads());
    worker.end(worker.taken.get(0), completed(1));
    until(first::leads);
    for (int i = 1; i < 12; i++) {
      int next = i;
      until(() -> worker.taken.size() > next);
      worker.end(worker.taken.get(i), completed(i));
    }
    assertEquals(12, await(first.coordinator.finished("s")).count(TrialState.COMPLETED));
    assertEquals(12, worker.taken.size());
  }

  @Test
  void sendsAtOnceWhatItsPredecessorHadDecidedAndNotSentAndNothingElse() throws Exception {
    Member first = patient("first");
    Member second = patient("second");
    await(first.coordinator.submit(sweep("s", 3)));
    until(() -> second.coordinator.view("s").isPresent());
    first.hang();
    for (int number = 1; number <= 3; number++) {
      write(queued(number));
    }
    send(2);
    until(second::leads);
    until(() -> inQueue().size() == 3);
    TestWorker worker = worker(1, TakeOverIT::loss);
    await(second.coordinator.finished("s"));
    assertEquals(3, worker.taken.size());
    assertEachQueuedOnce(3);
  }

  @Test
  void aRecordOfItsPredecessorThatComesLateCostsAMomentAndChangesNothing() throws Exception {
    Member first = patient("first");
    Member second = patient("second");
    await(first.coordinator.submit(sweep("s", 1)));
    until(() -> second.coordinator.view("s").isPresent());
    first.hang();
    write(queued(1));
    until(second::leads);
    AtomicInteger times = new AtomicInteger();
    TestWorker worker =
        worker(1, taken -> times.getAndIncrement() == 0 ? loss(taken) : Optional.empty());
    await(second.coordinator.finished("s"));
    send(1);
    until(() -> worker.taken.size() == 2);
    Control lost = new Control.Lost(FIRST, worker.taken.get(1).execution());
    until(() -> worker.told.contains(lost));
    assertEquals(1, second.view().count(TrialState.COMPLETED));
    assertEquals(1, Results.read(results.resolve("s")).rows().get(0).attempts());
    String owner = Files.readString(results.resolve("s/trials/0001/trial.json"));
    assertEquals(worker.taken.get(0).execution(), owner);
  }

  private static Event queued(int number) {
    return new Event.Queued(1, new TrialId("s", number), 1, Optional.empty(), Instant.now());
  }

  private void send(int number) {
    Messaging messaging = Messaging.open(vertx, kafka);
    await(messaging.trials().send(new QueuedTrial(sweep("s", 3).trial(number), 1)));
    await(messaging.close());
  }

  /** The trials that wait for a slot. */
  private List<String> inQueue() {
    Messaging messaging = Messaging.open(vertx, kafka);
    List<String> found = new CopyOnWriteArrayList<>();
    var reading = messaging.trials().look(record -> found.add(record.key()));
    await(reading.caughtUp());
    await(reading.close());
    await(messaging.close());
    return found;
  }

  @Test
  void ignoresWhatAPredecessorStillDecides() throws Exception {
    Member first = lasting("first");
    await(first.coordinator.submit(sweep("s", 1)));
    await(first.coordinator.close());
    Member second = lasting("second");
    write(new Event.Queued(1, FIRST, 1, Optional.empty(), Instant.now()));
    write(new Event.Commanded(1, "s", Optional.empty(), Event.Command.CANCEL, "x", Instant.now()));
    Files.writeString(results.resolve("s/results.csv"), "of before");
    write(new Event.Committed(1, FIRST, 1, Instant.now()));
    until(() -> Files.readString(results.resolve("s/results.csv")).startsWith("trial,state"));
    await(second.coordinator.pause("s", "somebody"));
    assertEquals(1, second.view().count(TrialState.QUEUED));
    assertEquals(0, await(second.coordinator.trials("s")).size());
  }

  @Test
  void givesEveryoneAFreshLeaseAfterATakeOver() throws Exception {
    Member first = member("first");
    Member second = member("second");
    await(first.coordinator.submit(sweep("s", 1)));
    TestWorker worker = worker(1, taken -> Optional.empty());
    until(() -> worker.taken.size() == 1 && second.view().count(TrialState.RUNNING) == 1);
    first.hang();
    until(second::leads);
    worker.end(worker.taken.get(0), completed(1));
    await(second.coordinator.finished("s"));
    assertEquals(1, worker.taken.size());
  }

  @Test
  void oneThatStandsByAnswersWhatIsAskedAndNamesTheActiveOneToThoseWhoCommand() throws Exception {
    Member first = lasting("first");
    Member second = lasting("second");
    await(first.coordinator.submit(sweep("s", 2)));
    TestWorker worker = worker(1, taken -> Optional.empty());
    until(() -> worker.taken.size() == 1);
    List<Double> losses = new CopyOnWriteArrayList<>();
    second.coordinator.observe(
        new Observer() {
          @Override
          public void measured(dev.elbow.messaging.MetricPoint point, Trial trial) {
            losses.add(point.evaluation().test().loss());
          }
        });
    worker.measure(worker.taken.get(0), TestWorker.evaluation(123));
    until(() -> losses.equals(List.of(123.0)));
    worker.end(worker.taken.get(0), completed(101));
    until(() -> second.view().count(TrialState.COMPLETED) == 1);
    assertEquals(TrialState.COMPLETED, await(second.coordinator.trial(FIRST)).state());
    assertEquals(101, await(second.coordinator.results("s")).rows().get(0).figure("test_loss"));
    assertEquals(1, await(second.coordinator.workers()).size());
    NotActiveException refused =
        notActive(
            second.coordinator.cancel("s", "somebody").toCompletionStage().toCompletableFuture());
    assertEquals(first.url.toString(), refused.address());
    notActive(second.coordinator.submit(sweep("t", 1)).toCompletionStage().toCompletableFuture());
    notActive(second.coordinator.submit(sweep("s", 2)).toCompletionStage().toCompletableFuture());
  }

  @Test
  void whoeverAsksOneThatStandsByIsLedToTheActiveOne() throws Exception {
    Member first = lasting("first");
    Member second = lasting("second");
    ElbowClient client = ElbowClient.at(List.of(nobody(), second.url));
    byte[] text = TestSystem.sweep("s", 2).getBytes(StandardCharsets.UTF_8);
    assertTrue(client.submit(text, ElbowClient.Format.YAML).created());
    assertTrue(client.pause("s").paused());
    until(() -> second.view().paused());
    HttpResponse<String> plain =
        ask(second.url, "/api/sweeps/s/resume", BodyPublishers.ofString("{}"));
    assertEquals(503, plain.statusCode());
    String name = await(first.coordinator.readiness()).leader();
    assertTrue(plain.body().contains("\"active\":\"" + name + "\""), plain.body());
    assertTrue(plain.body().contains("\"active_url\":\"" + first.url + "\""), plain.body());
    HttpResponse<String> ready = ask(second.url, "/health/ready", null);
    assertEquals(200, ready.statusCode());
    assertEquals(
        "{\"status\":\"ready\",\"role\":\"standby\",\"leader\":\"%s\",\"leader_url\":\"%s\"}"
            .formatted(name, first.url),
        ready.body());
  }

  private static URI nobody() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
  }

  private static HttpResponse<String> ask(URI url, String path, BodyPublisher body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url.resolve(path)).header("Content-Type", "application/json");
    return HttpClient.newHttpClient()
        .send((body == null ? request : request.POST(body)).build(), BodyHandlers.ofString());
  }

  @Test
  void onlyTheActiveOneCountsTrials() throws Exception {
    Member first = lasting("first");
    Member second = lasting("second");
    await(first.coordinator.submit(sweep("s", 4)));
    worker(
        2,
        taken ->
            switch (taken.trial().id().number()) {
              case 1 -> taken.attempt() == 1 ? trouble() : loss(taken);
              case 4 -> Optional.empty();
              default -> loss(taken);
            });
    until(() -> first.view().count(TrialState.COMPLETED) == 3);
    until(() -> first.view().count(TrialState.RUNNING) == 1);
    await(first.coordinator.cancel("s", "somebody"));
    String active = ask(first.url, "/metrics", null).body();
    for (String line :
        List.of(
            "elbow_trials{state=\"completed\"} 3.0",
            "elbow_trials{state=\"running\"} 0.0",
            "elbow_trials_ended_total{outcome=\"completed\"} 3.0",
            "elbow_trials_ended_total{outcome=\"cancelled\"} 1.0",
            "elbow_trial_retries_total{reason=\"infrastructure\"} 1.0",
            "elbow_trial_retries_total{reason=\"worker_lost\"} 0.0",
            "elbow_queue_wait_seconds_count 5",
            "elbow_oldest_queued_trial_age_seconds ",
            "elbow_events_total ")) {
      assertTrue(active.contains(line), () -> line + " is not in\n" + active);
    }
    String standby = ask(second.url, "/metrics", null).body();
    assertFalse(standby.contains("elbow_trials{"), standby);
    assertTrue(standby.contains("elbow_events_total 0.0"), standby);
    await(first.coordinator.close());
    until(() -> ask(second.url, "/metrics", null).body().contains("elbow_trials{state="));
  }

  private static Optional<TrialOutcome> trouble() {
    return Optional.of(new TrialOutcome.Failed(FailureKind.INFRASTRUCTURE, "no disk", 1));
  }

  @Test
  void aCommandWaitsForTheElectionOfTheNext() throws Exception {
    Member first = member("first");
    Member second = member("second");
    await(first.coordinator.submit(sweep("s", 2)));
    await(first.coordinator.close());
    assertTrue(ElbowClient.at(second.url).pause("s").paused());
    assertTrue(second.leads());
  }

  @Test
  void saysThatTheResultsFolderCannotBeWritten() throws Exception {
    Member only = lasting("only");
    assertEquals(List.of(), problems(only));
    Files.move(results, results.resolveSibling("gone"));
    try {
      until(() -> !problems(only).isEmpty());
      assertTrue(problems(only).get(0).contains("cannot be written"), problems(only).get(0));
      assertEquals(503, ask(only.url, "/health/ready", null).statusCode());
      assertEquals(200, ask(only.url, "/health/live", null).statusCode());
    } finally {
      Files.move(results.resolveSibling("gone"), results);
    }
    until(() -> problems(only).isEmpty());
  }

  private static BrokerSettings.Builder brokerSettings(Path folder) {
    return BrokerSettings.builder(folder).property("group.min.session.timeout.ms", "500");
  }

  @Test
  void goesOnByItselfWhenKafkaIsBack(@TempDir Path folder) throws Exception {
    Broker before = Broker.start(brokerSettings(folder).build());
    kafka = on(before);
    Member only = member("only");
    await(only.coordinator.submit(sweep("s", 3)));
    TestWorker worker =
        worker(1, taken -> taken.trial().id().number() == 1 ? Optional.empty() : loss(taken));
    until(() -> worker.taken.size() == 1);
    before.close();
    until(() -> !problems(only).isEmpty());
    assertTrue(problems(only).get(0).startsWith("Kafka is not heard"), problems(only).get(0));
    int port = URI.create("kafka://" + before.bootstrapServers()).getPort();
    Broker after = Broker.start(brokerSettings(folder).port(port).build());
    until(() -> problems(only).isEmpty());
    worker.end(worker.taken.get(0), completed(1));
    await(only.coordinator.finished("s"));
    assertEquals(3, worker.taken.size());
    end();
    after.close();
  }
}
