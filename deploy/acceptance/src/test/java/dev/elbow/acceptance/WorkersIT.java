package dev.elbow.acceptance;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers that come, leave, stand still and lack something, as processes with one HOME. */
@Order(3)
class WorkersIT {
  private static final int STAND_STILL = 19;
  private static final int GO_ON = 18;

  @TempDir static Path folder;
  private static ElbowProcess broker;
  private static ElbowProcess coordinator;
  private static String kafka;
  private static String url;
  private final List<ElbowProcess> workers = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    TinyImages.write(folder.resolve("data"));
    broker = ElbowProcess.start(folder, List.of("broker", "--home", "b", "--port", "0"));
    kafka = broker.printed("Kafka at (\\S+)");
    coordinator =
        ElbowProcess.start(
            folder,
            List.of(
                "coordinator",
                "--home",
                "c",
                "--port",
                "0",
                "--kafka",
                kafka,
                "--results",
                "sweeps",
                "--data",
                "data"));
    url = coordinator.printed("Coordinator at (\\S+)");
  }

  @AfterAll
  static void stop() throws Exception {
    coordinator.close();
    broker.close();
  }

  @AfterEach
  void stopWorkers() throws Exception {
    for (ElbowProcess worker : workers) {
      worker.close();
    }
  }

  @Test
  void aWorkerThatIsAskedToEndHandsItsTrialToAnotherAndNoAttemptIsUsedUp() throws Exception {
    Worker one = worker("data");
    Worker other = worker("data");
    submit(aLong("drained"));
    Worker first = training(one, other);
    first.process().terminate();
    ElbowProcess.Ended ended = first.process().await();
    assertEquals(0, ended.exitCode(), ended::toString);
    assertFalse(ended.err().contains("\tat "), ended::toString);
    Worker second = first == one ? other : one;
    completed("drained");
    assertEquals("1", result("drained", "attempts"));
    assertTrue(second.process().err().contains("drained/0001 goes on from step"), second::toString);
    assertFalse(Files.exists(folder.resolve("sweeps/drained/.attempts/0001")));
  }

  @Test
  void aWorkerThatStoodStillPastItsLeaseDropsItsTrialAndTakesTheNext() throws Exception {
    Worker one = worker("data");
    Worker other = worker("data");
    submit(aLong("still"));
    Worker still = training(one, other);
    signal(still.process(), STAND_STILL);
    completed("still");
    assertEquals("2", result("still", "attempts"));
    signal(still.process(), GO_ON);
    await()
        .atMost(ElbowProcess.LIMIT)
        .until(() -> figure(still, "elbow_slots{state=\"free\"}") == 1);
    await()
        .atMost(ElbowProcess.LIMIT)
        .until(() -> !Files.exists(folder.resolve("sweeps/still/.attempts/0001")));
    Worker second = still == one ? other : one;
    second.process().terminate();
    assertEquals(0, second.process().await().exitCode());
    submit(TinySweep.named("next").with("seeds", "[1]"));
    completed("next");
  }

  @Test
  void aTrialThatIsCancelledKeepsItsLastCheckpoint() throws Exception {
    Worker worker = worker("data");
    submit(aLong("cancelled"));
    training(worker, worker);
    elbow("cancel", "cancelled");
    Path kept = folder.resolve("sweeps/cancelled/.attempts/0001/checkpoint.safetensors");
    await().atMost(ElbowProcess.LIMIT).until(() -> Files.exists(kept));
    elbow("retry", "cancelled");
    completed("cancelled");
    assertTrue(
        worker.process().err().contains("cancelled/0001 goes on from step"), worker::toString);
  }

  @Test
  void aWorkerWhoseSlotIsStuckEndsInTimeAndUsesUpNoAttempt() throws Exception {
    TinyImages.write(folder.resolve("stuck"));
    Path images = folder.resolve("stuck/tiny/train-images-idx3-ubyte");
    Files.delete(images);
    // To open it is to wait for somebody who writes, as for a disk that has gone.
    assertEquals(0, new ProcessBuilder("mkfifo", images.toString()).start().waitFor());
    Worker worker = worker("stuck", "--drain-timeout", "1s");
    submit(TinySweep.named("stuck").with("seeds", "[1]"));
    await()
        .atMost(ElbowProcess.LIMIT)
        .until(() -> figure(worker, "elbow_slots{state=\"busy\"}") > 0);
    worker.process().terminate();
    ElbowProcess.Ended ended = worker.process().await();
    assertEquals(0, ended.exitCode(), ended::toString);
    assertTrue(ended.err().contains("a slot did not reach a checkpoint in"), ended::toString);
    worker("data");
    completed("stuck");
    assertEquals("1", result("stuck", "attempts"));
  }

  @Test
  void aSecondSignalEndsAWorkerThatStillWaitsForKafka() throws Exception {
    Worker worker = worker("data");
    submit(aLong("impatient"));
    training(worker, worker);
    signal(broker, STAND_STILL);
    try {
      worker.process().terminate();
      String ready = worker.metrics().replace("/metrics", "/health/ready");
      await().atMost(ElbowProcess.LIMIT).until(() -> ask(ready).statusCode() == 503);
      worker.process().terminate();
      assertEquals(130, worker.process().await().exitCode());
    } finally {
      signal(broker, GO_ON);
    }
    elbow("cancel", "impatient");
  }

  @Test
  void statusSaysWhyAWorkerWithOtherDataTrainsNothing() throws Exception {
    TinyImages.write(folder.resolve("other"));
    Path labels = folder.resolve("other/tiny/train-labels-idx1-ubyte");
    byte[] changed = Files.readAllBytes(labels);
    changed[8 + 100] ^= 1;
    Files.write(labels, changed);
    worker("other");
    submit(TinySweep.named("refused").with("seeds", "[1]"));
    await()
        .atMost(ElbowProcess.LIMIT)
        .until(() -> elbow("status", "refused").contains("this worker's have"));
    worker("data");
    completed("refused");
    assertEquals("1", result("refused", "attempts"));
  }

  /** A worker and where its figures are. */
  private record Worker(ElbowProcess process, String metrics) {
    @Override
    public String toString() {
      return process.out() + process.err();
    }
  }

  private Worker worker(String data, String... more) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("worker", "--home", "w", "--slots", "1", "--kafka", kafka));
    arguments.addAll(List.of("--results", "sweeps", "--data", data));
    arguments.addAll(List.of(more));
    ElbowProcess process = ElbowProcess.start(folder, arguments);
    workers.add(process);
    return new Worker(process, process.printed(".*metrics at (\\S+)"));
  }

  /** One trial that trains for some seconds. */
  private static TinySweep aLong(String name) {
    return TinySweep.named(name)
        .with("training", "{epochs: 200, batchSize: 16}")
        .with("parameters", "{latent: 3, beta: 1, learningRate: 0.002}")
        .with("seeds", "[1]");
  }

  private static void submit(TinySweep sweep) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/api/sweeps"))
            .header("Content-Type", "application/yaml")
            .POST(BodyPublishers.ofString(sweep.yaml()))
            .build();
    HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    assertEquals(201, answer.statusCode(), answer::body);
  }

  private static void completed(String sweep) {
    await().atMost(ElbowProcess.LIMIT).until(() -> "completed".equals(result(sweep, "state")));
  }

  /** What the table says of the first trial; empty text while it says nothing. */
  private static String result(String sweep, String column) throws IOException {
    List<String> rows =
        Files.readAllLines(folder.resolve("sweeps").resolve(sweep).resolve("results.csv"));
    int index = List.of(rows.get(0).split(",")).indexOf(column);
    return rows.size() < 2 ? "" : rows.get(1).split(",")[index];
  }

  /** Waits until one of two trains, and returns that. */
  private static Worker training(Worker one, Worker other) throws Exception {
    await().atMost(ElbowProcess.LIMIT).until(() -> trains(one) || trains(other));
    return trains(one) ? one : other;
  }

  private static boolean trains(Worker worker) throws Exception {
    return figure(worker, "elbow_slots{state=\"busy\"}") > 0
        && figure(worker, "elbow_trial_loss_nats{") > 0;
  }

  /** The first figure whose name begins so; 0 if there is none. */
  private static double figure(Worker worker, String name) throws Exception {
    return ask(worker.metrics())
        .body()
        .lines()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.lastIndexOf(' ') + 1))
        .mapToDouble(Double::parseDouble)
        .findFirst()
        .orElse(0);
  }

  private static HttpResponse<String> ask(String url) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }

  private static void signal(ElbowProcess process, int signal) throws Exception {
    String pid = String.valueOf(process.pid());
    assertEquals(0, new ProcessBuilder("kill", "-" + signal, pid).start().waitFor());
  }

  private static String elbow(String command, String argument) throws Exception {
    ElbowProcess.Ended ended = ElbowProcess.run(folder, command, argument, "--url", url);
    assertEquals(0, ended.exitCode(), ended::toString);
    return ended.out();
  }
}
