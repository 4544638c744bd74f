package dev.elbow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeLockTest {
  @TempDir Path folder;

  @Test
  void refusesASecondOwnerAndNamesTheFirst() throws Exception {
    Path home = folder.resolve("new/home");
    try (HomeLock ignored = HomeLock.take(home)) {
      CommandException refused = assertThrows(CommandException.class, () -> HomeLock.take(home));
      String expected = home + " is in use by process " + ProcessHandle.current().pid();
      assertTrue(refused.getMessage().contains(expected), refused.getMessage());
      assertEquals(ExitCode.SYSTEM, refused.exitCode());
    }
  }

  @Test
  void isFreeAgainOnceItIsClosed() throws Exception {
    HomeLock.take(folder).close();
    HomeLock.take(folder).close();
  }

  @Test
  void saysWhyAHomeCannotBeUsed() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "not a folder");
    CommandException refused = assertThrows(CommandException.class, () -> HomeLock.take(file));
    assertTrue(refused.getMessage().contains(file + " cannot be used"), refused.getMessage());
  }
}
