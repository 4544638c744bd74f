package dev.elbow.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file system of a zip file is the one at hand that lacks something: no folder in it moves. */
class FileSystemCheckTest {
  @TempDir private Path folder;

  @Test
  void namesAFileSystemThatDoesNotDoWhatItSaysAndLeavesNothingInIt() throws Exception {
    try (FileSystem zip =
        FileSystems.newFileSystem(folder.resolve("results.zip"), Map.of("create", "true"))) {
      Path results = Files.createDirectories(zip.getPath("/results"));
      IOException e = assertThrows(IOException.class, () -> FileSystemCheck.require(results));
      assertTrue(e.getMessage().contains("moved lacks its files"), e.getMessage());
      assertEquals(List.of(), entries(results));
    }
  }

  @Test
  void triesNothingInAFolderOfTheMachine() throws Exception {
    FileSystemCheck.require(folder.resolve("missing"));
    assertEquals(List.of(), entries(folder));
  }

  private static List<Path> entries(Path place) throws IOException {
    try (Stream<Path> entries = Files.list(place)) {
      return entries.toList();
    }
  }
}
