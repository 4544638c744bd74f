package dev.elbow.coordinator;

import static dev.elbow.coordinator.TestWorker.completed;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.elbow.api.TrialOutcome;
import dev.elbow.api.data.DataFolder;
import dev.elbow.broker.Broker;
import dev.elbow.coordinator.TestWorker.Behaviour;
import dev.elbow.coordinator.TestWorker.Taken;
import dev.elbow.coordinator.results.Results;
import dev.elbow.coordinator.sweep.Reading;
import dev.elbow.coordinator.sweep.Sweep;
import dev.elbow.coordinator.sweep.SweepReader;
import dev.elbow.testkit.SharedBroker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A namespace, coordinators and workers of its own for each test, all of them on one broker. */
@Timeout(90)
@ExtendWith(SharedBroker.class)
@Execution(ExecutionMode.CONCURRENT)
abstract class CoordinatorFixture {

  @TempDir Path results;
  TestSystem system;

  @BeforeEach
  void begin(Broker broker) {
    system = new TestSystem(broker, TestSystem.CATALOG, results);
  }

  @AfterEach
  void end() throws Exception {
    system.close();
  }

  /** A rhythm in which a worker is lost after a second. */
  CoordinatorSettings settings() {
    return system.settings().with(TestWorker.HEARTBEAT, Duration.ofSeconds(1), 3);
  }

  /** Starts a coordinator, which leads unless another does. */
  Coordinator coordinator() {
    return coordinator(settings());
  }

  Coordinator coordinator(CoordinatorSettings settings) {
    return system.start(settings);
  }

  TestWorker worker(int slots, Behaviour behaviour) {
    return worker(slots, TestSystem.PLUGINS, behaviour);
  }

  TestWorker worker(int slots, List<String> plugins, Behaviour behaviour) {
    return system.start(slots, plugins, behaviour);
  }

  /** A sweep called s, of one trial where nothing varies. */
  static Sweep sweep(String more) {
    return sweep("s", more);
  }

  static Sweep sweep(String name, String more) {
    String text =
        """
        dataset: {plugin: sprites, orientations: 1, positionsX: 2, positionsY: 2, validation: 0.2}
        encoder: {plugin: dense, hidden: [4]}
        decoder: {plugin: dense, hidden: [4]}
        objective: elbo
        """;
    Reading reading =
        new SweepReader(TestSystem.CATALOG, DataFolder.none())
            .read(
                "s.yaml", ("name: " + name + "\n" + text + more).getBytes(StandardCharsets.UTF_8));
    assertEquals("", reading.report());
    return reading.sweep().orElseThrow();
  }

  static String betas(int count) {
    return "parameters: {beta: {min: 1, max: %d, step: 1}}\n".formatted(count);
  }

  /** A behaviour: ends a trial at once, with its number above 100 as loss. */
  static Optional<TrialOutcome> loss(Taken taken) {
    return Optional.of(completed(100 + taken.trial().id().number()));
  }

  Results table() throws IOException {
    return Results.read(results.resolve("s"));
  }

  /** Folders of attempts that are still there. */
  List<String> attempts() throws IOException {
    Path folder = results.resolve("s/.attempts");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> left = Files.list(folder)) {
      return left.map(Path::toString).toList();
    }
  }

  static void until(Callable<Boolean> condition) {
    await().atMost(30, TimeUnit.SECONDS).pollInterval(20, TimeUnit.MILLISECONDS).until(condition);
  }

  /** Lets a behaviour speak through the worker that has it. */
  static final class LateWorker {
    volatile TestWorker worker;

    TestWorker get() {
      await().until(() -> worker != null);
      return worker;
    }

    void measure(Taken taken) {
      get().measure(taken, TestWorker.evaluation(150));
    }
  }
}
