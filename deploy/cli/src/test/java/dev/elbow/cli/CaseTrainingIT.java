package dev.elbow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.catalog.Catalog;
import dev.elbow.cli.verify.Check;
import dev.elbow.cli.verify.Finding;
import dev.elbow.cli.verify.Measured;
import dev.elbow.cli.verify.ReferenceCase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A case is trained, scored, measured anew and put on paper. */
class CaseTrainingIT {
  private static final Map<String, Object> CHANGE =
      Map.of(
          "dataset",
          Map.of(
              "plugin", "sprites", "size", 16, "orientations", 1, "positionsX", 4, "positionsY", 4),
          "training",
          Map.of("epochs", 2, "batchSize", 32),
          "parameters",
          List.of(
              Map.of(
                  "objective.plugin",
                  "elbo",
                  "beta",
                  Map.of("values", List.of(1, 16)),
                  "latent",
                  3)),
          "goal",
          Map.of("minimize", "test_loss"),
          "seeds",
          List.of(1, 2));

  @TempDir Path folder;

  @Test
  void whatIsComputedAnewFromTheFilesEqualsWhatTheEngineMeasured() throws Exception {
    ReferenceCase reference =
        new ReferenceCase(
            "tiny-case",
            "",
            "sprites-tcvae",
            CHANGE,
            "",
            1,
            false,
            List.of("--scores", "mig", "--on", "all"),
            List.of(
                check("onnx_test_kl", new Check.Equal("test_kl", 1e-3)),
                check("onnx_test_reconstruction", new Check.Equal("test_reconstruction", 1e-3)),
                check("mig_all", new Check.AtMost(1))));
    List<Measured> trials;
    try (Catalog catalog = Catalog.load(folder.resolve("plugins"))) {
      CaseTraining training = new CaseTraining(elbow("verify"), folder.resolve("home"), catalog);
      // As runs of the command do: it takes the streams of the JVM.
      synchronized (ElbowLine.class) {
        trials = training.measure(reference);
      }
    }
    assertEquals(4, trials.size());
    for (Check check : reference.checks()) {
      Finding finding = check.judge(trials);
      assertEquals(Finding.Verdict.PASS, finding.verdict(), () -> check.about() + finding);
    }
    double drawn = trials.get(0).figures().get("onnx_test_reconstruction");
    double ofMean = trials.get(0).figures().get("onnx_test_reconstruction_of_mean");
    assertTrue(Math.abs(ofMean - drawn) > 0.1, () -> drawn + " of drawn codes and of mean ones");
    report();
  }

  private void report() throws Exception {
    ElbowLine line = new ElbowLine();
    Path out = folder.resolve("paper");
    assertEquals(
        0, line.execute(folder.resolve("home"), "report", "tiny-case", "--out", out.toString()));
    String page = Files.readString(out.resolve("report.html"));
    assertTrue(page.contains("Traversals of the best trial"), page);
    assertTrue(page.contains("data:image/png;base64,"), "no traversals");
    assertTrue(Files.size(out.resolve("traversals.png")) > 0);
    assertEquals(
        0, line.execute(folder.resolve("home"), "results", "tiny-case", "--curves"), line::err);
    assertEquals(1 + 4 * 2 * 2, line.out().lines().count(), line.out());
  }

  private static Check check(String figure, Check.Expectation expectation) {
    return new Check(figure, Map.of(), expectation, "");
  }

  private static Elbow elbow(String... arguments) {
    CommandLine line = Elbow.commandLine(Map.of());
    line.parseArgs(arguments);
    return line.getCommand();
  }
}
