package dev.elbow.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Broker, coordinator and worker as processes of their own, and somebody who only knows a URL. */
class ProcessesIT {
  @TempDir Path folder;

  @Test
  void aSweepHandedInOverHttpIsTrainedWatchedAndRead() throws Exception {
    TinyImages.write(folder.resolve("data"));
    TinySweep.named("far").write(folder);
    try (ElbowProcess broker = start("broker", "--home", "b", "--port", "0")) {
      String kafka = broker.printed("Kafka at (\\S+)");
      String[] shared = {"--kafka", kafka, "--results", "sweeps", "--data", "data"};
      try (ElbowProcess worker = start(shared, "worker", "--home", "w", "--slots", "2");
          ElbowProcess coordinator = start(shared, "coordinator", "--home", "c", "--port", "0")) {
        useIt(coordinator.printed("Coordinator at (\\S+)"));
        ends(worker);
        ends(coordinator);
      }
      ends(broker);
    }
  }

  private void useIt(String url) throws Exception {
    ElbowProcess.Ended waited = run(0, "submit", "sweep.yaml", "--wait", "--url", url);
    assertTrue(waited.out().contains("far: 4 trials are queued"), waited::toString);
    assertTrue(waited.out().contains("trial  beta  seed  test_loss"), waited::toString);
    ElbowProcess.Ended watched = run(0, "watch", "far/0001", "--url", url);
    assertTrue(watched.out().contains("far/0001: completed"), watched::toString);
    ElbowProcess.Ended asked = run(0, "results", "far", "--format", "csv", "--url", url);
    ElbowProcess.Ended read = run(0, "results", "far", "--format", "csv", "--results", "sweeps");
    assertEquals(read.out(), asked.out());
    ElbowProcess.Ended curves = run(0, "results", "far", "--curves", "--url", url);
    ElbowProcess.Ended files = run(0, "results", "far", "--curves", "--results", "sweeps");
    assertEquals(files.out(), curves.out());
    assertEquals(1 + 4 * 2 * 2, files.out().lines().count(), "trials, epochs, splits");
    assertTrue(Files.isRegularFile(folder.resolve("sweeps/far/trials/0004/vae.onnx")));
    refusesWhatIsWrong(url);
  }

  private void refusesWhatIsWrong(String url) throws Exception {
    TinySweep.named("bad").with("seeds", "[]").with("encodr", "{}").write(folder);
    ElbowProcess.Ended refused = run(2, "submit", "sweep.yaml", "--url", url);
    ElbowProcess.Ended local = run(2, "validate", "sweep.yaml", "--data", "data");
    assertEquals(local.err(), refused.err());
  }

  private ElbowProcess start(String... arguments) throws IOException {
    return ElbowProcess.start(folder, List.of(arguments));
  }

  private ElbowProcess start(String[] shared, String... arguments) throws IOException {
    return ElbowProcess.start(
        folder, Stream.concat(Stream.of(arguments), Stream.of(shared)).toList());
  }

  private ElbowProcess.Ended run(int exitCode, String... arguments) throws Exception {
    ElbowProcess.Ended ended = ElbowProcess.run(folder, arguments);
    assertEquals(exitCode, ended.exitCode(), ended::toString);
    return ended;
  }

  private static void ends(ElbowProcess process) throws Exception {
    process.terminate();
    ElbowProcess.Ended ended = process.await();
    assertEquals(0, ended.exitCode(), ended::toString);
    assertFalse(ended.err().contains("\tat "), ended::toString);
  }
}
