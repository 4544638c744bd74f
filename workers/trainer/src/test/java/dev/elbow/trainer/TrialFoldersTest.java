package dev.elbow.trainer;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.elbow.api.TrialId;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialFoldersTest {
  private static final TrialId TRIAL = new TrialId("sweep", 1);

  @TempDir private Path results;

  @Test
  void anExecutionThatLostItsTrialDeletesWhatItHasWritten() throws Exception {
    TrialFolders folders = new TrialFolders(results);
    Files.writeString(folders.ofExecution(TRIAL, "mine").resolve("vae.onnx"), "mine");
    folders.leave(TRIAL, "mine");
    assertFalse(Files.exists(results.resolve("sweep/.attempts/0001")));
  }

  @Test
  void itDeletesNothingOfAnotherAndNoCheckpoint() throws Exception {
    TrialFolders folders = new TrialFolders(results);
    Path other = Files.writeString(folders.ofExecution(TRIAL, "other").resolve("file"), "other");
    Path mine = folders.ofExecution(TRIAL, "mine");
    Path checkpoint = Files.writeString(mine.resolveSibling("checkpoint.safetensors"), "all");
    folders.leave(TRIAL, "mine");
    folders.leave(TRIAL, "unheard of");
    assertTrue(Files.exists(other) && Files.exists(checkpoint));
    assertFalse(Files.exists(mine));
  }
}
