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
  void anExecutionThatLeavesNothingDeletesItsEmptyFolders() throws Exception {
    TrialFolders folders = new TrialFolders(results);
    folders.ofExecution(TRIAL, "mine");
    folders.leave(TRIAL, "mine");
    assertFalse(Files.exists(results.resolve("sweep/.attempts/0001")));
  }

  @Test
  void itDeletesNoFileAndNoFolderOfAnother() throws Exception {
    TrialFolders folders = new TrialFolders(results);
    Path other = folders.ofExecution(TRIAL, "other");
    Path mine = Files.writeString(folders.ofExecution(TRIAL, "mine").resolve("file"), "mine");
    folders.leave(TRIAL, "mine");
    folders.leave(TRIAL, "unheard of");
    assertTrue(Files.exists(other) && Files.exists(mine));
  }
}
