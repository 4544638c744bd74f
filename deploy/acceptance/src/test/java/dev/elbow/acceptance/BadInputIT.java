package dev.elbow.acceptance;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process does with a sweep that is wrong; the command's own tests have each mistake. */
class BadInputIT {
  @TempDir Path folder;

  @Test
  void allProblemsAreToldAtOnce() throws Exception {
    Path sweep =
        TinySweep.named("bad")
            .with("training", "{epochs: 0, batchSize: many}")
            .with("encoder", "{plugin: nothing}")
            .with("colour", "red")
            .write(folder);
    refused(sweep, List.of("epochs", "batchSize", "nothing", "colour", "4 problems"));
  }

  @Test
  void aVastFileIsRefusedAtOnce() throws Exception {
    Path sweep = folder.resolve("sweep.yaml");
    try (RandomAccessFile file = new RandomAccessFile(sweep.toFile(), "rw")) {
      file.setLength(100_000_000);
    }
    refused(sweep, List.of("sweep.yaml"));
  }

  private void refused(Path sweep, List<String> said) throws Exception {
    TinyImages.write(folder.resolve("data"));
    ElbowProcess.Ended ended =
        ElbowProcess.run(folder, "run", sweep.toString(), "--home", "home", "--data", "data");
    assertEquals(2, ended.exitCode(), ended::toString);
    assertTrue(ended.err().contains("Nothing was queued."), ended::toString);
    assertAll(said.stream().map(s -> () -> assertTrue(ended.err().contains(s), s + "\n" + ended)));
    assertFalse(Files.exists(folder.resolve("home/sweeps")), "nothing may be left behind");
  }
}
