package dev.elbow.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trials are scored at their ends, and from their files when a sweep is over; models for many
 * weights of the KL term at those that are told.
 */
class EvaluateIT {
  @TempDir Path folder;

  @Test
  void scoresAreColumnsAtTheRightEndOfTheResults() throws Exception {
    TinySweep.named("scored")
        .with(
            "dataset", "{plugin: sprites, orientations: 2, positionsX: 3, positionsY: 2, size: 16}")
        .with("objective", "multi-rate")
        .with("parameters", "{latent: 3}")
        .with("seeds", "[1]")
        .with("scores", "[mig, {plugin: mig, on: all, beta: 4}]")
        .write(folder);
    ElbowProcess.Ended trained = ElbowProcess.run(folder, "run", "sweep.yaml", "--home", "home");
    assertEquals(0, trained.exitCode(), trained::toString);
    List<String> before = results();
    assertTrue(before.get(0).endsWith(",message,mig,mig_all_beta_4"), before.get(0));
    assertTrue(before.get(1).matches(".*,0\\.\\d+,0\\.\\d+"), before.get(1));
    String told = Files.readString(folder.resolve("home/sweeps/scored/trials/0001/trial.json"));
    assertTrue(told.contains("\"mig_all_beta_4\" : 0."), told);

    ElbowProcess.Ended evaluated =
        ElbowProcess.run(
            folder, "evaluate", "scored", "--home", "home", "--on", "all", "--scores", "mig,sap");
    assertEquals(0, evaluated.exitCode(), evaluated::toString);
    List<String> after = results();
    assertEquals(before.get(0) + ",mig_all,sap_all", after.get(0));
    assertTrue(after.get(1).matches("\\Q" + before.get(1) + "\\E,0\\.\\d+,0\\.\\d+"), after.get(1));
    String[] row = after.get(1).split(",");
    assertNotEquals(row[row.length - 3], row[row.length - 2], "the same at both weights");

    ElbowProcess.Ended shown = ElbowProcess.run(folder, "results", "scored", "--home", "home");
    assertTrue(shown.out().contains("mig_all"), shown::toString);
  }

  private List<String> results() throws Exception {
    return Files.readAllLines(folder.resolve("home/sweeps/scored/results.csv"));
  }
}
