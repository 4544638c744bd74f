package dev.elbow.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sweep that is over is scored from its files. */
class EvaluateIT {
  @TempDir Path folder;

  @Test
  void scoresAreColumnsAtTheRightEndOfTheResults() throws Exception {
    TinySweep.named("scored")
        .with(
            "dataset", "{plugin: sprites, orientations: 2, positionsX: 3, positionsY: 2, size: 16}")
        .with("parameters", "{latent: 3}")
        .with("seeds", "[1]")
        .write(folder);
    ElbowProcess.Ended trained = ElbowProcess.run(folder, "run", "sweep.yaml", "--home", "home");
    assertEquals(0, trained.exitCode(), trained::toString);
    List<String> before = results();

    ElbowProcess.Ended evaluated =
        ElbowProcess.run(
            folder, "evaluate", "scored", "--home", "home", "--on", "all", "--scores", "mig,sap");
    assertEquals(0, evaluated.exitCode(), evaluated::toString);
    List<String> after = results();
    assertEquals(before.get(0) + ",mig_all,sap_all", after.get(0));
    assertTrue(after.get(1).matches("\\Q" + before.get(1) + "\\E,0\\.\\d+,0\\.\\d+"), after.get(1));

    ElbowProcess.Ended shown = ElbowProcess.run(folder, "results", "scored", "--home", "home");
    assertTrue(shown.out().contains("mig_all"), shown::toString);
  }

  private List<String> results() throws Exception {
    return Files.readAllLines(folder.resolve("home/sweeps/scored/results.csv"));
  }
}
