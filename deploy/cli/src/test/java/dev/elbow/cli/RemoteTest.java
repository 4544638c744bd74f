package dev.elbow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.coordinator.client.CurvePoint;
import dev.elbow.coordinator.client.EvaluationPoint;
import dev.elbow.coordinator.client.SweepStatus;
import dev.elbow.coordinator.client.TrialChange;
import dev.elbow.coordinator.sweep.Problem;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What commands say that ask a coordinator, and what they say where there is none. */
class RemoteTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int execute(String... arguments) {
    CommandLine line = Elbow.commandLine(Map.of("ELBOW_HOME", folder.resolve("home").toString()));
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  private static String nobody() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "http://127.0.0.1:" + socket.getLocalPort();
    }
  }

  @Test
  void aCoordinatorThatDoesNotAnswerIsNamedWithoutAStackTrace() throws Exception {
    String url = nobody();
    Path file = Files.writeString(folder.resolve("sweep.yaml"), "name: tiny\n");
    for (List<String> command :
        List.of(
            List.of("submit", file.toString()),
            List.of("list"),
            List.of("status", "tiny"),
            List.of("watch", "tiny"),
            List.of("pause", "tiny"),
            List.of("delete", "tiny"),
            List.of("prune", "tiny", "--keep", "best:1"),
            List.of("cancel", "tiny/0001"),
            List.of("results", "tiny"))) {
      err.getBuffer().setLength(0);
      String[] arguments =
          java.util.stream.Stream.concat(command.stream(), List.of("--url", url).stream())
              .toArray(String[]::new);
      assertEquals(ExitCode.SYSTEM, execute(arguments), err::toString);
      assertTrue(err.toString().contains("nothing answers at " + url), err.toString());
      assertFalse(err.toString().contains("\tat "), err.toString());
    }
  }

  @Test
  void whatIsNoUrlIsBadInput() {
    assertEquals(ExitCode.BAD_INPUT, execute("pause", "tiny", "--url", "ftp://x"));
    assertTrue(err.toString().contains("expected http://HOST:PORT"), err.toString());
  }

  @Test
  void aSingleTrialIsNotPaused() {
    assertEquals(ExitCode.BAD_INPUT, execute("pause", "tiny/0001"));
    assertTrue(err.toString().contains("pause: found the trial tiny/0001"), err.toString());
  }

  @Test
  void aSingleTrialIsNotDeleted() {
    assertEquals(ExitCode.BAD_INPUT, execute("delete", "tiny/0001", "--yes"));
    assertTrue(err.toString().contains("delete: found the trial tiny/0001"), err.toString());
  }

  @Test
  void whatIsPrunedHasToBeSaid() {
    assertEquals(ExitCode.BAD_INPUT, execute("prune", "tiny"));
    assertTrue(err.toString().contains("'--keep=best:N'"), err.toString());
  }

  @Test
  void aFileThatIsNotThereIsBadInput() {
    assertEquals(ExitCode.BAD_INPUT, execute("submit", folder.resolve("no.yaml").toString()));
    assertTrue(err.toString().contains("Nothing was queued"), err.toString());
  }

  @Test
  void problemsOfTheCoordinatorReadAsThoseOfTheLocalCheck() {
    List<Problem> problems =
        List.of(new Problem(7, 31, "parameters.beta", "-1 is out of range, expected at least 0"));
    assertEquals(
        "mnist.yaml:7:31 parameters.beta: -1 is out of range, expected at least 0\n"
            + "1 problem. Nothing was queued.",
        SubmitCommand.report(Path.of("mnist.yaml"), problems));
  }

  @Test
  void wrongSettingsOfProcessesAreNamed() {
    assertEquals(ExitCode.BAD_INPUT, execute("worker", "--kafka", "nowhere"));
    assertTrue(err.toString().contains("kafka: found 'nowhere'"), err.toString());
    assertEquals(ExitCode.BAD_INPUT, execute("broker", "--port", "70000"));
    assertTrue(err.toString().contains("port: found 70000"), err.toString());
    assertEquals(ExitCode.BAD_INPUT, execute("broker", "--voters", "1@a"));
    assertTrue(err.toString().contains("expected NODE@HOST:PORT"), err.toString());
    assertEquals(ExitCode.BAD_INPUT, execute("topics", "--kafka", "a:1"));
  }

  @Test
  void topicsArePrintedWithoutAskingKafka() {
    assertEquals(
        0,
        execute("topics", "--print", "--kafka", "a:1", "--namespace", "x", "--replication", "3"));
    assertTrue(out.toString().contains("x.events"), out.toString());
    assertTrue(out.toString().contains("min.insync.replicas=2"), out.toString());
  }

  @Test
  void aSweepIsToldByItsCountsAndWhyItWaits() {
    assertEquals(
        List.of(
            "tiny (paused): 3 of 6 trials have ended: 2 completed, 1 failed, 3 queued",
            "Trials wait: no worker is there",
            "best trial 0002: test_loss 109.64"),
        StatusText.of(sweep()));
  }

  private static SweepStatus sweep() {
    return new SweepStatus(
        "tiny",
        6,
        3,
        0,
        2,
        0,
        1,
        0,
        true,
        false,
        Optional.of("no worker is there"),
        new SweepStatus.GoalStatus("minimize", "test_loss", Optional.empty()),
        Optional.of(new SweepStatus.Best("0002", 109.64)),
        List.of(),
        "",
        List.of(),
        "");
  }

  @Test
  void whatHappensIsALine() {
    Map<String, Double> figures =
        Map.of(
            "test_loss", 109.64, "test_reconstruction", 85.12, "test_kl", 24.52, "seconds", 15.2);
    CurvePoint point = new CurvePoint(4, 120, figures);
    assertEquals(
        "trial 0003 epoch 4/10 loss 109.64 reconstruction 85.12 kl 24.52",
        WatchScreen.line(new EvaluationPoint("tiny", "0003", 1, 10, 0, point)));
    assertEquals(
        "trial 0003 step 120/400 loss 109.64 reconstruction 85.12 kl 24.52",
        WatchScreen.line(new EvaluationPoint("tiny", "0003", 1, 0, 400, point)));
    assertEquals(
        "trial 0003 completed in 15.2 s: loss 109.64",
        WatchScreen.line(change("completed", 1, figures, "", "")));
    assertEquals(
        "trial 0003 started again (attempt 2)",
        WatchScreen.line(change("running", 2, Map.of(), "", "")));
    assertEquals(
        "trial 0003 failed: DIVERGED: the loss is NaN",
        WatchScreen.line(change("failed", 1, Map.of(), "DIVERGED", "the loss is NaN")));
  }

  private static TrialChange change(
      String state, int attempts, Map<String, Double> figures, String failure, String message) {
    return new TrialChange(
        "tiny", "0003", state, attempts, Optional.empty(), figures, failure, message);
  }
}
